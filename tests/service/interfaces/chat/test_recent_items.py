"""What happened lately is known for a while, and no longer."""

from service.interfaces.chat.recent_items import RecentItems


def test_a_value_is_kept_for_its_time() -> None:
    now = [0.0]
    items = RecentItems[str](seconds=10, most=5, clock=lambda: now[0])
    items.put("a", "first")

    now[0] = 9.0
    assert items.get("a") == "first"
    assert not items.put_new("a", "second")
    now[0] = 10.0
    assert items.get("a") is None
    assert items.put_new("a", "second")


def test_the_oldest_gives_way() -> None:
    items = RecentItems[int](seconds=10, most=2)

    for number, key in enumerate("abac"):
        items.put(key, number)

    assert [items.get(key) for key in "abc"] == [2, None, 3]
