//! Cards over the window: dialogs, notices, the load report, the loupe.

use egui::accesskit::{Role, Toggled};
use egui::{Key, Pos2, Rect, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use inkfield::app::ui::{Dialog, GotoModel, LOUPE_CELLS, Loupe, Notice, ReportLine, TooltipModel, UiAction, UiModel};

use super::harness::{clicked, desk, out, viewing};

#[test]
fn a_row_typed_into_the_goto_card_is_submitted_by_enter() {
    let mut window = desk(&UiModel { dialog: Dialog::Goto(GotoModel::default()), ..viewing() });
    window.run();
    assert!(window.get_by_role(Role::TextInput).is_focused(), "the field has the focus at once");
    assert!(out(&window).wants_keyboard);
    window.get_by_role(Role::TextInput).type_text("-1");
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().actions, [UiAction::GotoSubmit("-1".to_owned())]);

    window.state_mut().model.dialog = Dialog::Goto(GotoModel {
        asked: "-1",
        error: Some("There is no row 200,000: the last one is 150,151."),
        ..GotoModel::default()
    });
    window.run();
    window.get_by_label("There is no row 200,000: the last one is 150,151.");
    assert!(window.get_by_role(Role::TextInput).is_focused(), "ready for a second try");
    window.state_mut().actions.clear();
    window.key_press(Key::Escape);
    window.run();
    assert!(window.state().actions.contains(&UiAction::CloseDialog));
}

#[test]
fn case_c27_what_a_text_may_mean_is_chosen_by_keys_or_pointer() {
    const CHOICES: &[&str] = &["row 3", "key_id 3 (row 841)", "file 3.png (row 12)"];
    let goto = GotoModel { asked: "3", choices: CHOICES, ..GotoModel::default() };
    let mut window = desk(&UiModel { dialog: Dialog::Goto(GotoModel::default()), ..viewing() });
    window.run();
    window.get_by_role(Role::TextInput).type_text("3");
    window.run();
    window.state_mut().model.dialog = Dialog::Goto(goto);
    window.run();
    window.get_by_label("This is more than one thing: choose with ↑ ↓ and Enter.");
    let chosen = |window: &super::harness::Window| {
        let options = CHOICES.iter().map(|label| window.get_by_role_and_label(Role::RadioButton, label));
        options.map(|option| option.accesskit_node().toggled() == Some(Toggled::True)).collect::<Vec<_>>()
    };
    assert_eq!(chosen(&window), [true, false, false]);
    // Beyond either end there is nothing.
    for (key, is_chosen) in [
        (Key::ArrowUp, [true, false, false]),
        (Key::ArrowDown, [false, true, false]),
        (Key::ArrowDown, [false, false, true]),
        (Key::ArrowDown, [false, false, true]),
        (Key::ArrowUp, [false, true, false]),
    ] {
        window.key_press(key);
        window.run();
        assert_eq!(chosen(&window), is_chosen);
    }
    window.state_mut().actions.clear();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().actions, [UiAction::GotoChoose(1)]);
    assert_eq!(clicked(&mut window, Role::RadioButton, CHOICES[2]), [UiAction::GotoChoose(2)]);
    assert_eq!(clicked(&mut window, Role::Button, "Go"), [UiAction::GotoChoose(1)]);
    // Another text is asked anew: the list belongs to the old one.
    window.get_by_role(Role::TextInput).focus();
    window.run();
    window.get_by_role(Role::TextInput).type_text("1");
    window.run();
    assert!(window.query_by_label(CHOICES[1]).is_none());
    window.state_mut().actions.clear();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().actions, [UiAction::GotoSubmit("31".to_owned())]);

    // One of several rows: said, and Enter asks for the next.
    window.state_mut().model.dialog = Dialog::Goto(GotoModel {
        asked: "31",
        note: Some("2 of 12: row 841. Enter shows the next one, Esc closes."),
        ..GotoModel::default()
    });
    window.run();
    window.get_by_label("2 of 12: row 841. Enter shows the next one, Esc closes.");
    window.state_mut().actions.clear();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().actions, [UiAction::GotoSubmit("31".to_owned())]);
}

#[test]
fn a_notice_says_what_to_do_and_closes_wherever_it_lies() {
    const NOTICES: &[Notice<'static>] = &[
        Notice { what: "saved octopus.png", advice: "", is_error: false },
        Notice { what: "cat.npy is an HTML page, not a bitmap file.", advice: "Download it again.", is_error: true },
    ];
    let open = UiModel { notices: NOTICES, ..viewing() };
    let hidden = UiModel { inspector_open: false, ..open };
    let welcome = UiModel { notices: NOTICES, ..UiModel::default() };
    for model in [open, hidden, welcome] {
        let mut window = desk(&model);
        window.run();
        window.get_by_label("Download it again.");
        let crosses: Vec<_> = window.get_all_by_role_and_label(Role::Button, "Close notice").collect();
        assert_eq!(crosses.len(), 2);
        crosses[0].click();
        drop(crosses);
        window.run();
        assert_eq!(window.state().actions, [UiAction::CloseNotice(1)], "the newest is on top");
    }
}

#[test]
fn the_report_opens_from_its_badge() {
    const REPORT: &[ReportLine<'static>] = &[
        ReportLine { text: "octopus.ndjson: line 12 is no record", is_warning: true, offer: None },
        ReportLine { text: "skipped a.txt", is_warning: false, offer: None },
    ];
    let mut window = desk(&UiModel { report: REPORT, ..viewing() });
    assert!(window.query_by_label("skipped a.txt").is_none());
    clicked(&mut window, Role::Button, "Load report: 1 warning");
    window.get_by_label("octopus.ndjson: line 12 is no record");
    window.get_by_label("skipped a.txt");
}

#[test]
fn what_lies_beside_a_set_is_one_click_away() {
    const REPORT: &[ReportLine<'static>] = &[
        ReportLine { text: "Add \"x.tsv\" as columns", is_warning: false, offer: Some(0) },
        ReportLine { text: "Show the places of \"x.umap.npy\"", is_warning: false, offer: Some(1) },
        ReportLine { text: "skipped a.txt", is_warning: false, offer: None },
    ];
    let mut window = desk(&UiModel { report: REPORT, ..viewing() });
    clicked(&mut window, Role::Button, "Load report: 1 note");
    let wanted = clicked(&mut window, Role::Button, "Show the places of \"x.umap.npy\"");
    assert_eq!(wanted, [UiAction::TakeOffer(1)]);
    window.run();
    assert!(window.query_by_label("skipped a.txt").is_none(), "the list is closed");
}

#[test]
fn the_pointer_belongs_to_panels_and_cards_only() {
    let wants = |model: UiModel<'static>, at: Pos2| {
        let mut window = desk(&model);
        window.hover_at(at);
        window.run();
        out(&window).wants_pointer
    };
    assert!(!wants(viewing(), pos2(500.0, 400.0)));
    assert!(wants(viewing(), pos2(500.0, 20.0)), "bar");
    assert!(wants(viewing(), pos2(1200.0, 400.0)), "inspector");
    assert!(wants(viewing(), pos2(500.0, 890.0)), "status line");
    assert!(wants(UiModel { dialog: Dialog::Help, ..viewing() }, pos2(500.0, 400.0)), "page of keys");
}

#[test]
fn the_loupe_answers_its_cells_and_can_be_clicked_when_held() {
    let mut rows = [None; LOUPE_CELLS];
    rows[LOUPE_CELLS / 2] = Some(84_213);
    rows[LOUPE_CELLS / 2 + 1] = Some(84_214);
    let tooltip = TooltipModel {
        chosen: None,
        anchor: pos2(500.0, 400.0),
        drawing: Rect::from_center_size(pos2(500.0, 400.0), vec2(2.4, 2.4)),
        row: 84_213,
        title: "octopus",
        country: Some("Germany"),
        code: Some("DE"),
        recognised: Some(true),
        time: Some("20 Mar 2017 10:26"),
        reading: None,
        loupe: Some(Loupe { rows, cell: 28.0, held: false }),
    };
    let mut window = desk(&UiModel { tooltip: Some(tooltip), ..viewing() });
    window.run();
    window.get_by_label("recognised · 20 Mar 2017 10:26 · row 84,213");
    let cells: Vec<_> = out(&window).drawings.iter().filter(|slot| slot.on_card).copied().collect();
    assert_eq!(cells.iter().map(|cell| cell.row).collect::<Vec<u32>>(), [84_213, 84_214]);
    assert!(cells.iter().all(|c| (c.rect.width() - 28.0).abs() < 0.01 && !c.rect.contains(tooltip.anchor)));
    assert!(window.query_by_label("row 84,214").is_none(), "not held, not clickable");

    window.state_mut().model.tooltip.as_mut().unwrap().loupe = Some(Loupe { rows, cell: 28.0, held: true });
    window.run();
    assert_eq!(clicked(&mut window, Role::Button, "row 84,214"), [UiAction::PinRow(84_214)]);
    assert!(out(&window).wants_pointer);
}
