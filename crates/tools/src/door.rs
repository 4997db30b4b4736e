//! What the tools may do with the element that loaded them, and plain values at the border to JavaScript.

use annotator_core::UiLanguage;
use annotator_core::format::value::Value;
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The element, as its class hands it over.
    #[derive(Clone)]
    pub type Door;

    /// A property of the contract by its name, or a private one whose name begins with `_`.
    #[wasm_bindgen(method)]
    pub fn get(this: &Door, name: &str) -> JsValue;

    /// Calls a method of the contract, or a private one whose name begins with `_`. A failure is shown and sent as an
    /// event by the element.
    #[wasm_bindgen(method)]
    pub fn call(this: &Door, method: &str, arguments: &Array) -> Promise;

    /// The panel was closed.
    #[wasm_bindgen(method)]
    pub fn closed(this: &Door);

    /// The program stops.
    #[wasm_bindgen(method)]
    pub fn stopped(this: &Door);

    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn stringify(value: &JsValue) -> Result<JsValue, JsValue>;
}

impl PartialEq for Door {
    fn eq(&self, other: &Self) -> bool {
        AsRef::<JsValue>::as_ref(self) == AsRef::<JsValue>::as_ref(other)
    }
}

impl Door {
    /// The language of the interface.
    pub fn ui(&self) -> UiLanguage {
        match self.get("uiLang").as_string() {
            Some(lang) if lang.starts_with("en") => UiLanguage::English,
            _ => UiLanguage::French,
        }
    }

    /// A property as a JSON value; null where it is none.
    pub fn value(&self, name: &str) -> Value {
        value_of(&self.get(name))
    }

    /// Calls a method and leaves its outcome to the element.
    pub fn send(&self, method: &str, arguments: &[JsValue]) {
        let _ = self.call(method, &arguments.iter().collect());
    }
}

/// A value as JSON; null where it is none.
pub fn value_of(value: &JsValue) -> Value {
    let json = stringify(value).ok().and_then(|json| json.as_string()).unwrap_or_default();
    Value::parse(&json).unwrap_or(Value::Null)
}

/// An object with these members.
pub fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), value).expect("a plain object takes members");
    }
    object.into()
}

/// An `Error` with a `code` of the contract, section 6.
pub fn error(code: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    Reflect::set(&error, &"code".into(), &code.into()).expect("an error takes members");
    error.into()
}
