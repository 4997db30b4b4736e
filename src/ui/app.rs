//! The whole widget: toolbar, text and list, and the listeners that serve all of them. Only what is drawn by itself,
//! the widget and a block of text, is a component; the rest are functions: a component costs 3 KiB of wasm.

use yew::prelude::*;

use crate::controller::Handle;
use crate::ui::list::list;
use crate::ui::palette::palette;
use crate::ui::text::text;
use crate::ui::toolbar::toolbar;

/// The widget and the number of its state: another number means another drawing.
#[derive(Properties, PartialEq, Clone)]
pub struct AppProps {
    pub widget: Handle,
    pub revision: u32,
}

/// The component. The hooks of function components would be 1 KiB more to load.
pub struct App;

impl Component for App {
    type Message = ();
    type Properties = AppProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        draw(&context.props().widget)
    }

    fn rendered(&mut self, context: &Context<Self>, _: bool) {
        context.props().widget.0.drawn();
    }
}

fn draw(widget: &Handle) -> Html {
    let texts = widget.0.texts();
    let (alert, way, shown, loading, ui) = widget
        .0
        .read(|state| (state.alert.clone(), state.way, state.session.is_some(), state.loading, state.settings.ui));
    let lang = match ui {
        annotator_core::UiLanguage::French => "fr",
        annotator_core::UiLanguage::English => "en",
    };
    let placeholder = if loading { texts.loading() } else { texts.no_release() };
    html! {
        <div class="frame" {lang} role="region" aria-label={texts.widget()}>
            <div class="top">
                { toolbar(widget) }
                <div class="alert" part="alert" role="alert">
                    if let Some(alert) = alert {
                        <p>{ alert }</p>
                        if !way.is_empty() {
                            <button type="button" class="small" data-panel={way}>{ if way == "raw" { texts.download_raw() } else { texts.look() } }</button>
                        }
                        <button type="button" class="icon" aria-label={texts.close()} data-do="quiet">{ "×" }</button>
                    }
                </div>
            </div>
            <div class="columns">
                if shown {
                    { text(widget) }
                } else {
                    <div class={classes!("document", loading.then_some("awaited"))}><p class="placeholder">{ placeholder }</p></div>
                }
                if shown {
                    { list(widget) }
                }
            </div>
            <div class="dock">{ palette(widget) }</div>
        </div>
    }
}
