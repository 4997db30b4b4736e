//! The whole widget: toolbar, text and list, and the listeners that serve all of them. Only what is drawn by itself,
//! the widget and a block of text, is a component; the rest are functions: a component costs 3 KiB of wasm.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::controller::{Controller, Handle};
use crate::keymap::{self, Press};
use crate::ui::help::help;
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
    let onkeydown = {
        let widget = widget.clone();
        Callback::from(move |event: KeyboardEvent| press(&widget.0, &event))
    };
    let close_alert = {
        let widget = widget.clone();
        Callback::from(move |_: MouseEvent| widget.0.change_view(|state| state.alert = None))
    };
    let (alert, show_help, shown, loading, ui) = widget
        .0
        .read(|state| (state.alert.clone(), state.help, state.session.is_some(), state.loading, state.settings.ui));
    let lang = match ui {
        annotator_core::UiLanguage::French => "fr",
        annotator_core::UiLanguage::English => "en",
    };
    let placeholder = if loading { texts.loading } else { texts.no_release };
    html! {
        <div class="frame" {lang} role="region" aria-label={texts.widget} {onkeydown}>
            <div class="top">
                { toolbar(widget) }
                <div class="alert" part="alert" role="alert">
                    if let Some(alert) = alert {
                        <p>{ alert }</p>
                        <button type="button" class="icon" aria-label={texts.close} onclick={close_alert}>{ "×" }</button>
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
            if show_help {
                { help(widget) }
            }
        </div>
    }
}

/// What a key does, unless it is typed into a field or belongs to a button.
fn press(widget: &Rc<Controller>, event: &KeyboardEvent) {
    let target = event.composed_path().get(0).dyn_into::<Element>().ok();
    let inside = |selector: &str| target.as_ref().is_some_and(|target| matches!(target.closest(selector), Ok(Some(_))));
    if event.default_prevented() || event.is_composing() || inside("input, textarea, select, dialog") {
        return;
    }
    let (key, code) = (event.key(), event.code());
    let on_button = inside("button, summary, a[href]");
    if on_button && matches!(key.as_str(), "Enter" | " ") {
        return;
    }
    let shortcuts = widget.read(|state| state.settings.shortcuts);
    let press = Press {
        key: &key,
        code: &code,
        command: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
    };
    // Arrows move the text's cursor only from the text: elsewhere they scroll.
    if let Some(action) = keymap::action(press, shortcuts)
        && widget.act(action, inside("[part~=document]"))
    {
        event.prevent_default();
        event.stop_propagation();
    }
}
