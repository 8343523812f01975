//! temporary
fn main() {
    use parkweekly::*;
    let mut store = store::Store::open(&store::Place::Folder(
        std::env::var("PARKWEEKLY_LIBRARY").unwrap().into(),
    ))
    .unwrap();
    for f in std::env::args().skip(1) {
        let mut v: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(&f).unwrap()).unwrap();
        v["publication"] = "园区周报".into();
        for s in v["sections"].as_array_mut().unwrap() {
            for i in s["items"].as_array_mut().unwrap() {
                i.as_object_mut().unwrap().remove("facts");
            }
        }
        let issue: issue::Issue = serde_json::from_value(v).unwrap();
        println!(
            "{:?}",
            store
                .import(
                    &issue,
                    &store::Kept {
                        path: &f,
                        sha256: "00",
                        parser: 1,
                        pages: &[]
                    }
                )
                .unwrap()
        );
    }
    if std::env::args().len() > 1 {
        return;
    }
    let policy = text::WidthPolicy::new(if std::env::var("AMB").is_ok() {
        text::Ambiguous::Wide
    } else {
        text::Ambiguous::Narrow
    });
    let setup = tui::run::Setup {
        language: config::Language::detect(None, |n| std::env::var(n).ok()),
        keymap: keys::Keymap::built_in().unwrap(),
        look: look::Look::new(
            look::Theme::built_in(std::env::var("NO_COLOR").is_err()).unwrap(),
            policy,
        ),
    };
    let e = tui::run(store, setup).unwrap();
    println!("{e:?}");
}
