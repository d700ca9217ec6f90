//! What a piece of a query may mean beyond its letters. The knowledge comes from outside.

use crate::answer::Understood;

/// Knows names: places, specialties, institutions, levels, and what else they are called.
pub trait Interpreter: Send + Sync {
    /// What one piece of a query (what stands between two blanks) may mean.
    fn interpret(&self, piece: &str) -> Interpretation;

    /// The canonical values of `field:value`, as [`Understood`] holds them; `None` where the value is no such name.
    fn resolve(&self, field: &str, value: &str) -> Option<Vec<String>>;

    /// The path of a canonical specialty in its facet: `骨科` → `外科/骨科`.
    fn specialty_path(&self, canonical: &str) -> String;

    /// All names of a canonical specialty.
    fn specialty_names(&self, _canonical: &str) -> Vec<String> {
        Vec::new()
    }
}

/// What a piece may mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interpretation {
    /// The facts it names.
    pub facts: Understood,
    /// Whether the facts cover the whole piece, so that an article with the facts answers it without the letters.
    pub complete: bool,
    /// Other ways of writing the whole piece (`心内科` → `心血管内科`): each ranks below the letters themselves.
    pub alternatives: Vec<String>,
    /// Other names of what stands inside the piece (`华西` inside a question): they order what its words find.
    pub parts: Vec<String>,
    /// The piece in mainland wording where that is more than a change of characters (`雷射手術` → `激光手术`).
    pub wording: Option<String>,
    /// Institutions that the piece may mean, where nothing in it tells which.
    pub readings: Vec<String>,
}

/// Knows nothing: every query is its letters.
#[derive(Clone, Copy, Debug, Default)]
pub struct Literal;

impl Interpreter for Literal {
    fn interpret(&self, _piece: &str) -> Interpretation {
        Interpretation::default()
    }

    fn resolve(&self, _field: &str, _value: &str) -> Option<Vec<String>> {
        None
    }

    fn specialty_path(&self, canonical: &str) -> String {
        canonical.to_owned()
    }
}
