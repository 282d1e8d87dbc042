"""Where things are, whatever the working directory is."""

from pathlib import Path

import pytest

from paperhouse.settings import ROOT, Settings, SettingsError, settings


def test_the_defaults_lie_in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RAW", "DATA", "SHARED"):
        monkeypatch.delenv(f"PAPERHOUSE_{name}", raising=False)
    here = Settings(_env_file=None)
    assert (here.raw, here.data) == (ROOT / "raw", ROOT / "data")


def test_a_setting_that_is_none_is_named_and_an_empty_one_is_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERHOUSE_FETCH_SINCE", "")
    monkeypatch.setenv("PAPERHOUSE_SMTP_PORT", "x")
    monkeypatch.setenv("PAPERHOUSE_SMTP_SECURITY", "ssl")
    settings.cache_clear()
    with pytest.raises(
        SettingsError, match=r"^PAPERHOUSE_SMTP_PORT is 'x': .*; PAPERHOUSE_SMTP_SECURITY is 'ssl': "
    ) as found:
        settings()
    assert "FETCH_SINCE" not in str(found.value)
    monkeypatch.undo()
    settings.cache_clear()


def test_a_relative_path_is_resolved_against_the_project_not_the_working_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAPERHOUSE_DATA", "elsewhere")
    assert Settings().warehouse == ROOT / "elsewhere" / "warehouse.duckdb"


def test_an_absolute_path_and_a_home_are_taken_as_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PAPERHOUSE_RAW", str(tmp_path))
    monkeypatch.setenv("PAPERHOUSE_DATA", "~/papers")
    assert Settings().raw == tmp_path
    assert Settings().data == Path.home() / "papers"
