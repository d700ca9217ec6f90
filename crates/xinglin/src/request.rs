//! What can be asked of an index, in the names that people use: they are resolved when the question is put.

use xinglin_query::{FacetField, Sort, YearRange};

/// Conditions: OR within a list, AND across lists. Names may be short, aliases, in either script: `陕西`, `心内科`, `國家級`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Places of any depth; a place includes everything below it.
    pub regions: Vec<String>,
    /// Specialties by canonical name or alias; a parent includes its children.
    pub specialties: Vec<String>,
    /// Institutions by name or piece of a name.
    pub institutions: Vec<String>,
    /// Years of the news (of the title, in a look-up of records), both ends included.
    pub years: Vec<YearRange>,
    /// `national`, `provincial`, `municipal`, `county`, or `国家级`…
    pub levels: Vec<String>,
    /// `designated`, `construction`, `cultivation`, or `建设`…
    pub statuses: Vec<String>,
    /// `key-specialty`, `key-discipline`, `featured-specialty`, or `重点学科`…
    pub programmes: Vec<String>,
    /// `county` or `县域`: county titles given by a province.
    pub tiers: Vec<String>,
}

macro_rules! filter_setters {
    ($request:ident) => {
        impl $request {
            /// Only this place and what lies in it; called again: or that one.
            pub fn region(mut self, name: impl Into<String>) -> Self {
                self.filters.regions.push(name.into());
                self
            }

            /// Only this specialty; called again: or that one.
            pub fn specialty(mut self, name: impl Into<String>) -> Self {
                self.filters.specialties.push(name.into());
                self
            }

            /// Only this institution; called again: or that one.
            pub fn institution(mut self, name: impl Into<String>) -> Self {
                self.filters.institutions.push(name.into());
                self
            }

            /// Only these years; called again: or those.
            pub fn year(mut self, years: YearRange) -> Self {
                self.filters.years.push(years);
                self
            }

            /// Only this level; called again: or that one.
            pub fn level(mut self, level: impl Into<String>) -> Self {
                self.filters.levels.push(level.into());
                self
            }

            /// Only this status; called again: or that one.
            pub fn status(mut self, status: impl Into<String>) -> Self {
                self.filters.statuses.push(status.into());
                self
            }

            /// All conditions at once, replacing those set before.
            pub fn filters(mut self, filters: Filters) -> Self {
                self.filters = filters;
                self
            }

            /// Reads the query by its letters alone: no other names, no facts.
            pub fn literal(mut self, literal: bool) -> Self {
                self.literal = literal;
                self
            }
        }
    };
}

/// A search for articles.
#[derive(Clone, Debug)]
pub struct SearchRequest {
    /// What was typed, in the query language.
    pub query: String,
    /// Conditions.
    pub filters: Filters,
    /// Whether the query means its letters alone.
    pub literal: bool,
    /// How many hits to return; 0 gives counts only.
    pub limit: usize,
    /// How many hits to skip.
    pub offset: usize,
    /// In which order.
    pub sort: Sort,
    /// Facets to count over all matching articles.
    pub facets: Vec<FacetField>,
    /// Whether each hit says what it scores for.
    pub explain: bool,
    /// Whether reposts are hits of their own, instead of standing behind the best of them.
    pub all: bool,
    /// Width of snippets in display columns (a Han character takes two).
    pub snippet_width: usize,
}

impl SearchRequest {
    /// The ten best articles for a query.
    pub fn new(query: impl Into<String>) -> SearchRequest {
        SearchRequest {
            query: query.into(),
            filters: Filters::default(),
            literal: false,
            limit: 10,
            offset: 0,
            sort: Sort::Relevance,
            facets: Vec::new(),
            explain: false,
            all: false,
            snippet_width: 160,
        }
    }

    /// How many hits to return.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// How many hits to skip.
    pub fn offset(mut self, offset: usize) -> Self {
        self.offset = offset;
        self
    }

    /// In which order.
    pub fn sort(mut self, sort: Sort) -> Self {
        self.sort = sort;
        self
    }

    /// Counts one more facet.
    pub fn facet(mut self, field: FacetField) -> Self {
        self.facets.push(field);
        self
    }

    /// Shows reposts as hits of their own, instead of behind the best of them.
    pub fn all(mut self, all: bool) -> Self {
        self.all = all;
        self
    }

    /// Whether each hit says what it scores for.
    pub fn explain(mut self, explain: bool) -> Self {
        self.explain = explain;
        self
    }

    /// Width of snippets in display columns.
    pub fn snippet_width(mut self, columns: usize) -> Self {
        self.snippet_width = columns;
        self
    }
}

filter_setters!(SearchRequest);

/// Facet counts without hits.
#[derive(Clone, Debug)]
pub struct FacetRequest {
    /// What was typed; empty for the whole index.
    pub query: String,
    /// Conditions.
    pub filters: Filters,
    /// Whether the query means its letters alone.
    pub literal: bool,
    /// What to count.
    pub by: Vec<FacetField>,
    /// Of hierarchical facets, whose children: `陕西省` (short names too); the top level where `None`.
    pub under: Option<String>,
    /// Most values of one facet; 0 for all.
    pub limit: usize,
}

impl FacetRequest {
    /// Counts over the articles that answer a query (an empty one is answered by all).
    pub fn new(query: impl Into<String>) -> FacetRequest {
        FacetRequest {
            query: query.into(),
            filters: Filters::default(),
            literal: false,
            by: Vec::new(),
            under: None,
            limit: 0,
        }
    }

    /// Counts one more facet.
    pub fn by(mut self, field: FacetField) -> Self {
        self.by.push(field);
        self
    }

    /// Counts the children of one node instead of the top level.
    pub fn under(mut self, node: impl Into<String>) -> Self {
        self.under = Some(node.into());
        self
    }

    /// Most values of one facet; 0 for all.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }
}

filter_setters!(FacetRequest);

/// A look-up of key-specialty records.
#[derive(Clone, Debug)]
pub struct RecordRequest {
    /// Free text that institution, specialty, sentence or headline must hold; empty for none.
    pub query: String,
    /// Conditions on the records.
    pub filters: Filters,
    /// Whether the query means its letters alone.
    pub literal: bool,
    /// How many records to return.
    pub limit: usize,
    /// How many to skip.
    pub offset: usize,
    /// In which order.
    pub sort: Sort,
    /// What to count.
    pub by: Vec<FacetField>,
    /// Of hierarchical counts, whose children.
    pub under: Option<String>,
}

impl RecordRequest {
    /// All records that a query and the conditions leave.
    pub fn new(query: impl Into<String>) -> RecordRequest {
        RecordRequest {
            query: query.into(),
            filters: Filters::default(),
            literal: false,
            limit: usize::MAX,
            offset: 0,
            sort: Sort::Relevance,
            by: Vec::new(),
            under: None,
        }
    }

    /// How many records to return.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// How many to skip.
    pub fn offset(mut self, offset: usize) -> Self {
        self.offset = offset;
        self
    }

    /// In which order.
    pub fn sort(mut self, sort: Sort) -> Self {
        self.sort = sort;
        self
    }

    /// Counts one more facet.
    pub fn by(mut self, field: FacetField) -> Self {
        self.by.push(field);
        self
    }

    /// Counts the children of one node instead of the top level.
    pub fn under(mut self, node: impl Into<String>) -> Self {
        self.under = Some(node.into());
        self
    }

    /// Only this programme; called again: or that one.
    pub fn programme(mut self, programme: impl Into<String>) -> Self {
        self.filters.programmes.push(programme.into());
        self
    }

    /// Only this tier.
    pub fn tier(mut self, tier: impl Into<String>) -> Self {
        self.filters.tiers.push(tier.into());
        self
    }
}

filter_setters!(RecordRequest);
