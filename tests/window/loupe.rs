//! Far away: the loupe, and Alt, which holds it still so that a neighbour can be clicked.

use super::driver::Driver;
use super::xvfb::keysym::ALT;

#[test]
pub fn alt_holds_the_loupe_still_and_a_neighbour_in_it_is_pinned_by_a_click() {
    let Some(mut driver) = Driver::open_whole(&["demo:20000:1", "--size", "700x500"]) else { return };
    let columns = (1.3 * 20_000_f64).sqrt().round() as u32;
    let at = [351, 248];
    driver.move_to(at);
    let before = driver.wait("a hover with a loupe", |frame| frame.hover_row.is_some() && !frame.loupe.is_empty());
    assert!(before.side_px < 12.0 * before.scale, "{} px a drawing is near", before.side_px);
    // In the middle of the grid there is a neighbour everywhere: two to the left and right, one above and below.
    let middle = before.hover_row.unwrap();
    let around: Vec<u32> =
        [middle - columns, middle, middle + columns].iter().flat_map(|row| row - 2..=row + 2).collect();
    assert_eq!(before.loupe.iter().map(|cell| cell.row).collect::<Vec<u32>>(), around);
    assert!(!before.loupe_held);

    driver.screen.key(ALT, true);
    driver.wait("the loupe held", |frame| frame.loupe_held);
    // To every corner of it and one cell beside the middle: the drawing under the pointer stays what it was.
    for wanted in [around[0], around[4], around[10], around[14], middle + 1] {
        let cell = *driver.now().loupe.iter().find(|cell| cell.row == wanted).unwrap();
        let [x, y] = cell.middle_px.map(|px| px.round() as i32);
        driver.screen.point([x, y]);
        driver.screen.click(1);
        let pinned = driver.wait("the neighbour pinned", |frame| frame.pin_row == Some(wanted));
        assert_eq!((pinned.hover_row, &pinned.loupe), (Some(middle), &before.loupe), "the loupe holds still");
        assert_eq!((pinned.center, pinned.zoom), (before.center, before.zoom));
        assert_eq!(pinned.inspector_row, Some(wanted));
    }
    driver.screen.key(ALT, false);
    let [x, y] = [at[0] + 40, at[1] + 60];
    let after = driver.move_to([x, y]);
    assert!(!after.loupe_held);
    driver.wait("another hover", |frame| frame.hover_row.is_some_and(|row| row != middle));
}
