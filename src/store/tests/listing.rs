//! Lists that a query narrows: the same as a plain scan, in every order of reading, counts included.

use super::*;
use crate::issue::{Change, Fact, Fix, ItemHead, ItemId, Note, Stage, Stated, Tag};
use crate::query::{self, Added, Condition, Direction, Issues, Key, Mark, Month, Order, Query};
use crate::store::{Anchor, Listing, Run, Scope, issue_of};
use crate::text::normalise;
use jiff::ToSpan as _;
use jiff::civil::Date;
use proptest::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Three issues whose items differ in all that a query asks about.
pub(super) fn library() -> Store {
    let mut store = memory();
    let sections: &[(&str, &[&str])] = &[
        (
            "招商引资",
            &["新能源项目签约", "ＡＩ 算力中心开工", "风电装备投产"],
        ),
        ("政策 法规", &["新 能源办法印发", "人才政策发布"]),
    ];
    for number in [7, 8, 12] {
        let mut issue = issue(number, sections);
        issue.month = u8::try_from(number).ok();
        issue.week = u8::try_from(number - 6).ok();
        let items = issue.sections.iter_mut().flat_map(|one| &mut one.items);
        for (item, n) in items.zip(number as usize..) {
            item.facts = facts(n);
            let sources = [
                None,
                Some("某省报"),
                Some("试验省报"),
                Some("试 验省报"),
                Some("某网"),
            ];
            item.source = sources[n % 5].map(str::to_owned);
        }
        import(&mut store, &issue);
    }
    let ids = all(&store)
        .into_iter()
        .map(|head| (head.key, head.headline));
    for (n, (key, headline)) in ids.enumerate() {
        store.set_read(&key, &headline, n % 2 == 0).unwrap();
        store.set_bookmark(&key, &headline, n % 3 == 0).unwrap();
        let tags = ["跟踪", "ai", "重点"];
        let mut mark = |change| store.mark(&key, &headline, &change).unwrap();
        for (m, tag) in tags.iter().enumerate().filter(|(m, _)| n % (m + 2) == 0) {
            mark(Change::Tag(Tag::new(tag).unwrap(), true));
            mark(Change::Tag(Tag::new(tag).unwrap(), m < 2 || n % 8 == 0));
        }
        mark(Change::Note((n % 5 == 0).then(|| Note::new("记").unwrap())));
    }
    for head in all(&store).iter().step_by(7) {
        let fix = Fix::Fact(Stated::Projects(Some(97)));
        assert_eq!(store.fix(head, &[fix]).unwrap().steps.len(), 1);
    }
    store
}

/// Facts in which the items of a library differ; each is missing in some, and some are the same in several.
fn facts(n: usize) -> Facts {
    let pick = |every: usize| (n % every).checked_sub(1);
    let places = [
        ("江苏", Some("苏州")),
        ("江苏", Some("南京")),
        ("浙江", None),
        ("北京", None),
        ("云南", Some("大理")),
    ];
    let place = pick(6).map(|n| places[n]);
    let amounts = [
        (100.0, "亿元"),
        (5.0, "亿美元"),
        (3_000.0, "万元"),
        (1_000_000.0, "万元"),
        (20.5, "亿元"),
    ];
    let industries = [&["新能源", "人工智能"][..], &["汽车"], &["人工智能"]];
    Facts {
        date: pick(5).map(|n| {
            let days = ["2022-12-28", "2022-12-29", "2023-12-30", "2023-12-31"];
            days[n].parse().unwrap()
        }),
        province: place.map(|(province, _)| province.to_owned()),
        city: place.and_then(|(_, city)| city.map(str::to_owned)),
        total_investment: pick(7)
            .and_then(|n| amounts.get(n))
            .map(|(value, unit)| super::stated::money(*value, unit)),
        projects: pick(4).map(|n| [2, 11, 20][n]),
        area_mu: pick(3).map(|n| [0.5, 150.5][n]),
        stage: pick(9).map(|n| Stage::ALL[n]),
        also: pick(7).map_or(vec![], |n| {
            Stage::ALL[n..].iter().take(n % 3).copied().collect()
        }),
        industries: pick(4).map_or(vec![], |n| {
            industries[n].iter().map(|one| (*one).to_owned()).collect()
        }),
        read: [].into(),
    }
}

fn everything() -> Listing {
    listing("")
}

fn listing(query: &str) -> Listing {
    Listing {
        scope: Scope::Library,
        query: query.parse().unwrap(),
    }
}

fn ordered(query: &str, order: Order) -> Listing {
    let mut listing = listing(query);
    listing.query.order = order;
    listing
}

fn all(store: &Store) -> Vec<ItemHead> {
    let searcher = store.searcher().unwrap();
    searcher
        .run(&everything(), Anchor::Top, 1000)
        .unwrap()
        .items
}

/// Whether a query holds, by reading the item whole and looking: what the search has to equal.
fn holds(query: &Query, store: &Store, id: ItemId) -> bool {
    let view = store.item(id).unwrap().unwrap();
    let fields = [Some(view.item.headline.clone()), view.item.lead.clone()];
    let fields: Vec<String> = fields
        .into_iter()
        .flatten()
        .chain(view.item.paragraphs.clone())
        .map(|field| normalise(&field))
        .collect();
    query.terms.iter().all(|term| {
        let holds = match &term.condition {
            Condition::Word(word) => fields.iter().any(|field| field.contains(&normalise(word))),
            Condition::Section(names) => names.iter().any(|name| name.names(&view.head.section)),
            Condition::Issue(issues) => issues.iter().any(|issues| is_of(*issues, &view.head)),
            Condition::Issued(days) => {
                let label = &view.issue;
                is_on(days, query::issued_on(label.year, label.month, label.week))
            }
            Condition::Publication(names) => {
                names.iter().any(|name| name.names(&view.issue.publication))
            }
            Condition::Is(Mark::Unread) => !view.head.marks.read,
            Condition::Is(Mark::Read) => view.head.marks.read,
            Condition::Is(Mark::Bookmarked) => view.head.marks.bookmarked,
            Condition::Has(added) => added.iter().any(|added| match added {
                Added::Note => view.head.marks.note.is_some(),
                Added::Tag => !view.head.marks.tags.is_empty(),
                Added::Source => view.item.source.is_some(),
                Added::Fix => !view.head.corrected.is_empty(),
                Added::Fact(fact) => states(&view.item.facts, *fact),
            }),
            Condition::Source(names) => names.iter().any(|name| {
                let source = view.item.source.as_deref().unwrap_or_default();
                name.names(source)
            }),
            Condition::Tag(tags) => tags.iter().any(|tag| {
                let tag = Tag::new(tag).unwrap();
                view.head.marks.tags.iter().any(|known| known.is(&tag))
            }),
            Condition::Any(sides) => sides.iter().any(|side| holds(side, store, id)),
            stated => holds_of(stated, &view.item.facts),
        };
        holds != term.negated
    })
}

/// Whether an item is in these issues of `library`.
fn is_of(issues: Issues, head: &ItemHead) -> bool {
    let number = head.key.issue;
    match issues {
        Issues::Numbers(numbers) => numbers.contains(number),
        Issues::Months(months) => {
            let month = u8::try_from(number.0).unwrap();
            months.contains(&Month { year: 2023, month })
        }
        Issues::Newest(count) => [12, 8, 7][..count as usize].contains(&number.0),
    }
}

/// Whether a day is one of these, in a library whose newest issue is the sixth one of December 2023.
fn is_on(days: &[query::Days], day: Option<Date>) -> bool {
    let newest = query::issued_on(Some(2023), Some(12), Some(6)).unwrap();
    day.is_some_and(|day| {
        days.iter().any(|days| match days {
            query::Days::Span(span) => span.contains(&day),
            query::Days::Back(count) => day > newest - i64::from(*count).days(),
        })
    })
}

fn states(facts: &Facts, fact: Fact) -> bool {
    match fact {
        Fact::Date => facts.date.is_some(),
        Fact::Province => facts.province.is_some(),
        Fact::City => facts.city.is_some(),
        Fact::TotalInvestment => facts.total_investment.is_some(),
        Fact::Projects => facts.projects.is_some(),
        Fact::AreaMu => facts.area_mu.is_some(),
        Fact::Stage => facts.stage.is_some(),
        Fact::Industries => !facts.industries.is_empty(),
    }
}

/// Whether a condition on facts holds of these.
fn holds_of(condition: &Condition, facts: &Facts) -> bool {
    let is_in = |places: &[query::Place], stated: &Option<String>| {
        let stated = stated.as_deref();
        stated.is_some_and(|stated| places.iter().any(|place| place.short() == stated))
    };
    match condition {
        Condition::Province(places) => is_in(places, &facts.province),
        Condition::City(places) => {
            let is_city = matches!(facts.province.as_deref(), Some("北京"));
            let province = facts.province.as_ref().filter(|_| is_city).cloned();
            is_in(places, &facts.city.clone().or(province))
        }
        Condition::Amount(spans) => facts
            .total_investment
            .and_then(crate::facts::rates::in_yi)
            .is_some_and(|yi| {
                spans
                    .iter()
                    .any(|span| span.map(query::Amount::in_yi).contains(&yi))
            }),
        Condition::Projects(spans) => facts
            .projects
            .is_some_and(|count| spans.iter().any(|span| span.contains(&count))),
        Condition::Area(spans) => facts.area_mu.is_some_and(|area| {
            spans
                .iter()
                .any(|span| span.map(query::Land::in_mu).contains(&area))
        }),
        Condition::Date(days) => is_on(days, facts.date),
        Condition::Stage(stages) => facts.stages().any(|stage| stages.contains(&stage)),
        Condition::Industry(names) => names.iter().any(|name| {
            let is = |stated: &String| normalise(stated) == normalise(name);
            facts.industries.iter().any(is)
        }),
        other => panic!("{other:?} is no condition on facts"),
    }
}

fn ids(run: &Run) -> Vec<ItemId> {
    run.items.iter().map(|head| head.id).collect()
}

pub(super) const TERMS: &[&str] = &[
    "新能源",
    "-新能源",
    "ai",
    "算力",
    "-\"ＡＩ 算力\"",
    "的导语",
    "-的导语",
    "段",
    "“引号”",
    "第一段，有",
    "SECOND段",
    "没有",
    "线。第一",
    "section:招商",
    "-section:招商",
    "section:政策法规",
    "section:=政策法规,=招商",
    "section:没有",
    "issue:8..",
    "issue:7,12",
    "issue:2023-07",
    "issue:2023-08..,7",
    "-issue:<2023-08",
    "issue:2022年",
    "issue:latest",
    "issue:last2",
    "-issue:last2",
    "-issue:..7",
    "issued:2023-07",
    "issued:2023-07-08..2023-08-14",
    "issued:1d",
    "-issued:150d,>2023-12",
    "issued:>=2023-08-15,1000d",
    "date:360d",
    "-date:5d",
    "date:1d,2022",
    "publication:试验",
    "-publication:=试验周报",
    "publication:=试验,周 报",
    "publication:别的",
    "is:unread",
    "is:read",
    "-is:bookmarked",
    "is:bookmarked",
    "tag:跟踪",
    "tag:跟踪,ai",
    "-tag:ＡI,重点",
    "tag:跟",
    "has:tag",
    "-has:note",
    "has:note",
    "has:fix",
    "-has:更正",
    "province:江苏省,云南",
    "-province:江苏",
    "province:北京,浙江",
    "city:大理州",
    "-city:苏州,南京市",
    "city:北京",
    "city:北京,苏州",
    "-city:北京,大理",
    "amount:>=100亿",
    "amount:>100亿",
    "amount:100亿",
    "-amount:<=5亿美元",
    "amount:<5000万,20..21亿",
    "amount:5亿美元",
    "projects:>2",
    "projects:2,20..30",
    "-projects:<=11",
    "area:>=10公顷",
    "area:0.5",
    "date:2022-12-31..2023-12-30",
    "date:2023",
    "-date:>2022",
    "stage:签约,竣工",
    "-stage:开工",
    "industry:新能源",
    "industry:人工智能",
    "-industry:汽车,人工智能",
    "source:省报",
    "-source:省报,无",
    "source:=省报",
    "source:=试验省报,=报",
    "-source:=省报",
    "has:date",
    "-has:city",
    "has:amount",
    "has:area has:projects",
    "-has:industry",
    "has:stage has:province",
    "has:amount,date",
    "-has:amount,note",
    "has:source",
    "新能源 OR 开工",
    "(新能源 OR 算 OR section:政策) 段",
    "-(新能源 OR is:read)",
    "-(段 section:政策 -人才) (has:note OR 开 OR -签约)",
    "issue:7 (签 OR 约 印)",
];

#[test]
fn every_term_finds_what_a_plain_scan_finds() {
    let store = library();
    let searcher = store.searcher().unwrap();
    let whole = all(&store);
    assert_eq!(whole.len(), 15);
    for term in TERMS {
        let listing = listing(term);
        let wanted: Vec<ItemId> = whole
            .iter()
            .map(|head| head.id)
            .filter(|id| holds(&listing.query, &store, *id))
            .collect();
        let run = searcher.run(&listing, Anchor::Top, 1000).unwrap();
        assert_eq!(ids(&run), wanted, "{term}");
        assert!(run.begins && run.ends);
    }
}

/// Every order there is.
fn orders() -> Vec<Order> {
    let by = |key| {
        [Direction::Descending, Direction::Ascending].map(|direction| Order::By(key, direction))
    };
    let sorted = Key::ALL.into_iter().flat_map(by);
    std::iter::once(Order::Printed).chain(sorted).collect()
}

/// What of an item an order looks at, as text that sorts alike; none where it does not state it.
fn sort_key(head: &ItemHead, key: Key) -> Option<String> {
    let facts = &head.facts;
    let number = |number: f64| format!("{number:020.6}");
    match key {
        Key::Date => facts.date.map(|date| date.to_string()),
        Key::Amount => {
            let yi = facts.total_investment.and_then(crate::facts::rates::in_yi);
            yi.map(number)
        }
        Key::Area => facts.area_mu.map(number),
        Key::Projects => facts.projects.map(f64::from).map(number),
        Key::Place => facts.province.as_deref().map(|province| {
            let rank = |name| crate::facts::names::rank(name).unwrap();
            let city = facts.city.as_deref().map_or(0, rank);
            format!("{:05}{city:05}", rank(province))
        }),
    }
}

#[test]
fn a_sorted_list_has_the_greatest_or_the_least_first_and_what_is_not_stated_last() {
    let store = library();
    let searcher = store.searcher().unwrap();
    for query in ["", "-section:政策", "is:unread", "has:date", "段"] {
        let printed = searcher
            .run(&listing(query), Anchor::Top, 1000)
            .unwrap()
            .items;
        for order in orders() {
            let mut wanted = printed.clone();
            if let Order::By(key, direction) = order {
                // A stable sort leaves what is equal as it is printed.
                wanted.sort_by(|one, other| {
                    let (one, other) = (sort_key(one, key), sort_key(other, key));
                    let turned = match direction {
                        Direction::Descending => other.cmp(&one),
                        Direction::Ascending => one.cmp(&other),
                    };
                    one.is_none().cmp(&other.is_none()).then(turned)
                });
            }
            let listing = ordered(query, order);
            let run = searcher.run(&listing, Anchor::Top, 1000).unwrap();
            assert_eq!(run.items, wanted, "{query} {order:?}");
            let first: Vec<ItemId> = ids(&run).into_iter().take(4).collect();
            assert_eq!(searcher.ids(&listing, 4).unwrap(), first);
        }
    }
}

#[test]
fn runs_of_any_length_make_the_whole_from_either_end_and_from_the_middle() {
    let store = library();
    let searcher = store.searcher().unwrap();
    let queries = ["", "section:招商", "is:unread", "没有"];
    let cases = queries
        .into_iter()
        .flat_map(|query| orders().into_iter().map(move |order| (query, order)));
    for (query, order) in cases {
        let listing = ordered(query, order);
        let every = ordered("", order);
        let every = ids(&searcher.run(&every, Anchor::Top, 1000).unwrap());
        let read = |anchor, most| searcher.run(&listing, anchor, most).unwrap();
        let whole = ids(&read(Anchor::Top, 1000));
        for most in 2..7 {
            let mut forward = read(Anchor::Top, most);
            while !forward.ends {
                let next = read(Anchor::After(forward.items.last().unwrap().id), most);
                forward.items.extend(next.items);
                forward.ends = next.ends;
            }
            assert_eq!(ids(&forward), whole, "{query} {most}");
            let mut backward = read(Anchor::End, most);
            while !backward.begins {
                let mut before = read(Anchor::Before(backward.items[0].id), most);
                before.items.append(&mut backward.items);
                backward = before;
            }
            assert_eq!(ids(&backward), whole, "{query} {most}");
            for middle in all(&store) {
                let run = read(Anchor::Around(middle.id), most);
                let before = every.iter().take_while(|id| **id != middle.id);
                let at = before.filter(|id| whole.contains(id)).count();
                let from = whole
                    .iter()
                    .position(|id| Some(id) == ids(&run).first())
                    .unwrap_or(0);
                assert_eq!(ids(&run), whole[from..from + run.items.len()]);
                assert!(from <= at && at <= from + run.items.len());
                assert_eq!(
                    (run.begins, run.ends),
                    (from == 0, from + run.items.len() == whole.len())
                );
                assert_eq!(searcher.count_before(&listing, middle.id).unwrap(), at);
            }
        }
    }
}

#[test]
fn an_issue_is_searched_alone() {
    let store = library();
    let searcher = store.searcher().unwrap();
    let scope = issue_of(all(&store)[7].id);
    let listing = Listing {
        scope: Scope::Issue(scope),
        query: "新能源".parse().unwrap(),
    };
    let run = searcher.run(&listing, Anchor::Top, 1000).unwrap();
    assert_eq!(run.items.len(), 2);
    assert!(run.items.iter().all(|head| issue_of(head.id) == scope));
    let tally = searcher.tally(&listing).unwrap();
    assert_eq!(tally.titles, ["招商引资", "政策 法规"]);
    assert_eq!(tally.total(&listing.query), 2);
}

#[test]
fn a_title_that_is_spelled_otherwise_is_the_same_section() {
    let mut store = library();
    import(&mut store, &issue(20, &[("政策法规", &["另一条"])]));
    let tally = store.searcher().unwrap().tally(&everything()).unwrap();
    assert_eq!(tally.titles.len(), 2);
    assert_eq!(tally.titles[0], "招商引资", "the first section of most");
    assert_eq!(tally.in_section(&Query::default(), 0), 9);
    assert_eq!(tally.in_section(&Query::default(), 1), 7);
}

#[test]
fn a_request_stops_when_it_is_told_and_the_next_one_goes_on() {
    let mut store = memory();
    for number in 1..40 {
        import(&mut store, &plain(number));
    }
    let searcher = store.searcher().unwrap();
    let stop = Arc::new(AtomicBool::new(true));
    let told = Arc::clone(&stop);
    searcher
        .stop_when(move || told.load(Ordering::Relaxed))
        .unwrap();
    let listing = listing("段");
    let stopped = searcher.run(&listing, Anchor::Top, 1000);
    assert!(matches!(stopped, Err(StoreError::Stopped)), "{stopped:?}");
    stop.store(false, Ordering::Relaxed);
    assert_eq!(
        searcher
            .run(&listing, Anchor::Top, 1000)
            .unwrap()
            .items
            .len(),
        117
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn several_terms_find_and_count_what_a_plain_scan_does(picked in proptest::collection::vec(proptest::sample::select(TERMS), 0..4)) {
        let store = library();
        let searcher = store.searcher().unwrap();
        let listing = listing(&picked.join(" "));
        let scanned = |query: &Query| all(&store).into_iter().filter(|head| holds(query, &store, head.id)).collect::<Vec<_>>();
        let wanted = scanned(&listing.query);
        prop_assert_eq!(&searcher.run(&listing, Anchor::Top, 1000).unwrap().items, &wanted);
        let tally = searcher.tally(&listing).unwrap();
        prop_assert_eq!(tally.total(&listing.query), wanted.len());
        for (n, title) in tally.titles.iter().enumerate() {
            let mut alone = listing.query.clone();
            alone.terms.retain(|term| term.negated || !matches!(term.condition, Condition::Section(_)));
            alone.terms.extend(format!("section:\"={title}\"").replace("\"=", "=\"").parse::<Query>().unwrap().terms);
            prop_assert_eq!(tally.in_section(&listing.query, n), scanned(&alone).len());
        }
    }
}
