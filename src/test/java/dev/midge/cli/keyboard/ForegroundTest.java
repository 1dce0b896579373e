package dev.midge.cli.keyboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whose keys they are, as the system tells it, whatever the program is called. */
class ForegroundTest {

  @Test
  void theGroupOfTheProcessIsComparedWithThatOfTheTerminal() {
    assertThat(Foreground.isOurs("42 (java) S 1 42 7 34816 42 0")).isTrue();
    assertThat(Foreground.isOurs("42 (java) S 1 42 7 34816 43 0")).isFalse();
    assertThat(Foreground.isOurs("42 (a) b (c) S 1 42 7 34816 42 0")).isTrue();
    assertThat(Foreground.isOurs("42 (java) S 1 42 7 0 -1 0")).isFalse();
  }
}
