//! What is wrong with the address of the page.

use crate::api::params::ParamFault;
use crate::lang::Lang;
use course::errors::ErrorMsg;

/// A parameter of the address that could not be followed.
#[must_use]
pub fn param_fault(fault: &ParamFault, lang: Lang) -> String {
    let expected = fault.expected.join(", ");
    let msg = if expected.is_empty() { ErrorMsg::ParameterUnknown } else { ErrorMsg::ParameterWrong };
    msg.with(&[("name", &fault.name), ("value", &fault.value), ("expected", &expected)], lang)
}

/// An experiment the address asks for, and that there is not.
#[must_use]
pub fn no_experiment(id: &str, lang: Lang) -> String {
    ErrorMsg::AddressNamesNoExperiment.with(&[("id", &id)], lang)
}
