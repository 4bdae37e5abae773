//! Socket calls as scripts write them.

use core::fmt;

/// A socket call and its expected result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallSpec {
    /// Its name.
    pub name: String,
    /// Its arguments.
    pub arguments: Vec<Expr>,
    /// Its result.
    pub result: Expr,
    /// The errno, if it fails.
    pub errno: Option<String>,
    /// When a blocking call returns: absolute or relative, like the event's own time.
    pub returns: Option<u64>,
}

/// An argument or a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// `...`: the default value.
    Ellipsis,
    /// A number.
    Number(i64),
    /// A name.
    Word(String),
    /// `"…"`.
    Text(String),
    /// `A | B`.
    Or(Vec<Self>),
    /// `[a, b]`.
    List(Vec<Self>),
    /// `{a=1, b=2}`.
    Fields(Vec<(String, Self)>),
    /// `f(a)`.
    Apply(String, Vec<Self>),
}

impl Expr {
    /// Its number, if it is one.
    #[must_use]
    pub const fn number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Its name, if it is one.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The names joined by `|`, or a single name.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        match self {
            Self::Or(parts) => parts.iter().flat_map(Self::words).collect(),
            other => other.word().into_iter().collect(),
        }
    }

    /// The field called `name`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Fields(fields) => fields.iter().find(|(field, _)| field == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The number of octets in a list of vectors: `[{..., 100}, {..., 50}]`.
    #[must_use]
    pub fn vectors(&self) -> Option<i64> {
        let Self::List(vectors) = self else { return None };
        let length = |vector: &Self| match vector {
            Self::List(parts) => parts.last().and_then(Self::number),
            other => other.field("iov_len").and_then(Self::number),
        };
        vectors.iter().map(length).sum()
    }

    /// The only element of a list, or the expression itself.
    #[must_use]
    pub fn inner(&self) -> &Self {
        match self {
            Self::List(items) if items.len() == 1 => &items[0],
            other => other,
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |items: &[Self], between: &str| {
            items.iter().map(ToString::to_string).collect::<Vec<_>>().join(between)
        };
        match self {
            Self::Ellipsis => f.write_str("..."),
            Self::Number(number) => number.fmt(f),
            Self::Word(word) => f.write_str(word),
            Self::Text(text) => write!(f, "\"{text}\""),
            Self::Or(parts) => f.write_str(&list(parts, "|")),
            Self::List(items) => write!(f, "[{}]", list(items, ", ")),
            Self::Fields(fields) => {
                let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
                write!(f, "{{{}}}", fields.join(", "))
            }
            Self::Apply(name, arguments) => write!(f, "{name}({})", list(arguments, ", ")),
        }
    }
}

impl fmt::Display for CallSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arguments: Vec<_> = self.arguments.iter().map(ToString::to_string).collect();
        write!(f, "{}({}) = {}", self.name, arguments.join(", "), self.result)?;
        self.errno.iter().try_for_each(|errno| write!(f, " {errno}"))
    }
}
