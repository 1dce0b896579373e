package dev.midge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastPayloadsTest {
  @Test
  void theLastPayloadOfATopicIsRemembered() {
    LastPayloads last = new LastPayloads(10, 100);

    assertThat(last.put("a", new byte[] {1})).isNull();
    assertThat(last.put("b", new byte[] {2})).isNull();
    assertThat(last.put("a", new byte[] {3})).containsExactly(1);
    assertThat(last.put("a", new byte[] {4})).containsExactly(3);
  }

  @Test
  void theTopicThatNothingCameForTheLongestIsForgottenFirst() {
    LastPayloads last = new LastPayloads(2, 100);
    last.put("a", new byte[1]);
    last.put("b", new byte[1]);
    last.put("a", new byte[1]);

    last.put("c", new byte[1]);

    assertThat(last.put("a", new byte[1])).isNotNull();
    assertThat(last.put("b", new byte[1])).isNull();
  }

  @Test
  void allOfThemTogetherHaveSoManyBytesAndNoMore() {
    LastPayloads last = new LastPayloads(10, 5);
    last.put("a", new byte[3]);
    last.put("b", new byte[3]);

    assertThat(last.put("b", new byte[1])).isNotNull();
    assertThat(last.put("a", new byte[4])).isNull();
    assertThat(last.put("big", new byte[6])).isNull();
    assertThat(last.put("big", new byte[6])).isNull();
    assertThat(last.put("a", new byte[4])).isNull();
  }
}
