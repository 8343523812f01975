//! Issues with all the noise of viewers, converters and scanners, written from a known truth that the parser has to give back.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

mod noise;

use fastrand::Rng;
use noise::{Noise, clean, number_line, print, score};
use parkweekly::issue::Issue;
use parkweekly::parse::{Hints, parse};
use parkweekly::source::decode;

fn hints(issue: &Issue) -> Hints {
    Hints {
        name: Some(number_line(issue)),
        publication: Some(issue.publication.clone()),
        ..Hints::default()
    }
}

/// What the parser gets right of `issue` with `noise`.
fn structure(issue: &Issue, noise: Noise, seed: u64) -> (f64, String) {
    let (text, truth) = print(issue, noise, &mut Rng::with_seed(seed));
    let document = decode("noisy", text.as_bytes()).unwrap();
    let parsed = parse(&document.pages, &hints(issue));
    if let Ok(folder) = std::env::var("PARKWEEKLY_NOISY") {
        std::fs::write(format!("{folder}/{}-{seed}.txt", issue.number), &text).unwrap();
    }
    match parsed {
        Ok(issues) => {
            let score = score(&truth, &issues[0]);
            {
                let shown = score.misses.len().min(4);
                (score.structure, score.misses[..shown].join("\n    "))
            }
        }
        Err(error) => (0.0, error.to_string()),
    }
}

/// What is noisy in `noise`.
fn kinds(noise: Noise) -> String {
    let parts = |noise: Noise| {
        format!("{noise:?}")
            .split([',', '{', '}', '\n'])
            .map(|part| part.trim().to_owned())
            .collect::<Vec<_>>()
    };
    let clean = parts(Noise::default());
    let changed = parts(noise)
        .into_iter()
        .filter(|part| !clean.contains(part));
    changed.collect::<Vec<_>>().join(" ")
}

/// Fails where the mean of the results is less than `least`, and says which were the worst.
fn judge(name: &str, results: &[(f64, String)], least: f64) {
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    let mean = results.iter().map(|(score, _)| score).sum::<f64>() / results.len() as f64;
    let mut worst: Vec<&(f64, String)> = results
        .iter()
        .filter(|(score, _)| *score < 0.9999)
        .collect();
    worst.sort_by(|a, b| a.0.total_cmp(&b.0));
    let text: Vec<String> = worst
        .iter()
        .take(40)
        .map(|(score, what)| format!("{score:.4} {what}"))
        .collect();
    let wrong = worst.len();
    assert!(
        mean >= least,
        "{name}: mean {mean:.4}, {wrong} of {} not whole\n{}",
        results.len(),
        text.join("\n")
    );
}

#[test]
fn each_noise_alone_is_seen_through() {
    let mut results = Vec::new();
    for issue in clean() {
        for (noise, nth) in Noise::singles().into_iter().zip(0..) {
            let (score, misses) = structure(&issue, noise, nth);
            results.push((
                score,
                format!("{}#{nth} {}\n    {misses}", issue.number, kinds(noise)),
            ));
        }
    }
    judge("single", &results, 0.99);
}

#[test]
fn all_noises_together_are_seen_through() {
    let mut results = Vec::new();
    for issue in clean() {
        for seed in 0..300 {
            let noise = Noise::mixed(&mut Rng::with_seed(seed));
            let (score, misses) = structure(&issue, noise, seed);
            results.push((
                score,
                format!("{}#{seed} {}\n    {misses}", issue.number, kinds(noise)),
            ));
        }
    }
    judge("mixed", &results, 0.99);
}
