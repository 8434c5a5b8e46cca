from trainer.coaching import sparkline


def test_the_scale_goes_from_none_to_all_whatever_the_scores() -> None:
    assert sparkline([0, 12, 13, 48, 50, 82, 88, 100]) == "▁▁▂▄▅▇██"
    assert sparkline([]) == ""
