//! The way back from a query that finds nothing, and completions of one that is being typed.

use std::time::Instant;

use xinglin_query::{Answer, Completion, Reader, Request};

use crate::error::Error;
use crate::open::Index;

impl Index {
    /// The likeliest words and names of this index that begin with `typed` (Han characters, pinyin, or the first letters of
    /// syllables), best first, at most `limit`. Names come before plain words; each stands in at least one article.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<Completion>, Error> {
        self.ask(|reader| reader.completions(typed, limit, &self.names))
    }

    /// An answer that found nothing, or only some of the words, with a suggestion; where that is likely enough, the suggestion's
    /// hits are the answer.
    pub(crate) fn with_suggestion(
        &self,
        reader: &Reader,
        asked: &Request,
        answer: Answer,
    ) -> Result<Answer, xinglin_query::Error> {
        if (answer.total > 0 && !answer.relaxed) || asked.query.trim().is_empty() {
            return Ok(answer);
        }
        let started = Instant::now();
        let mut answer = answer;
        for correction in reader.corrections(&asked.query, &self.names)? {
            let again = Request { query: correction.query.clone(), ..asked.clone() };
            let found = reader.search(&again, &self.names)?;
            if found.total == 0 || (found.relaxed && answer.total > 0) {
                continue;
            }
            if answer.total == 0 || correction.confident {
                let took_ms = answer.took_ms;
                answer = Answer { query: answer.query, corrected: true, took_ms, ..found };
            }
            answer.suggestion = Some(correction.query);
            break;
        }
        answer.took_ms += started.elapsed().as_secs_f64() * 1000.0;
        Ok(answer)
    }
}
