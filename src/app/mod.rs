//! stand-in
use crate::config::Language;
use crate::store::StoreError;
/// x
#[derive(Debug, Clone, PartialEq)]
pub struct Failure(String);
impl Failure {
    /// x
    #[must_use]
    pub fn line(&self, _: Language) -> String {
        self.0.clone()
    }
    /// x
    #[must_use]
    pub fn terminal(error: &std::io::Error) -> Self {
        Self(error.to_string())
    }
}
impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self(error.to_string())
    }
}
