package dev.midge.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.cli.UsageException;
import dev.midge.lwt.row.Row;
import dev.midge.mqtt.ProtocolVersion;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of {@code --only} and {@code --skip}. */
class RowSelectionTest {
  private static final List<Row> ALL =
      List.of("clean", "clean-reset", "reset", "takeover", "takeover-kept", "qos-1", "qos-2")
          .stream()
          .map(RowSelectionTest::row)
          .toList();

  private static Row row(String id) {
    return new Row(id, "", "", "", "", EnumSet.allOf(ProtocolVersion.class), Set.of(), false, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "reset|-|reset",
        "qos-2,reset|-|reset qos-2",
        "takeover*|-|takeover takeover-kept",
        "qos-?|qos-1|qos-2",
        "*reset|-|clean-reset reset",
        "-|t*,*-*|clean reset",
        "reset, clean|-|clean reset",
        "*|*e*|qos-1 qos-2",
      })
  void theyLeaveRowsInTheOrderOfTheTable(String only, String skipped, String left) {
    RowSelection choice = new RowSelection();
    if (only != null) {
      choice.only(only);
    }
    if (skipped != null) {
      choice.skip(skipped);
    }

    assertThat(choice.from(ALL)).extracting(Row::id).isEqualTo(Arrays.asList(left.split(" ")));
  }

  @Test
  void repeatedOptionsAddUp() {
    RowSelection choice = new RowSelection();
    choice.only("clean");
    choice.only("reset");

    assertThat(choice.from(ALL)).extracting(Row::id).containsExactly("clean", "reset");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "claen|Error: No row matches 'claen' of --only; near are: clean.",
        "over|Error: No row matches 'over' of --only; near are: takeover, takeover-kept.",
        "qos-3|Error: No row matches 'qos-3' of --only; near are: qos-1, qos-2.",
        "clean,nonsense|Error: No row matches 'nonsense' of --only; --list shows the rows.",
        "CLEAN|Error: No row matches 'CLEAN' of --only; --list shows the rows.",
        "a.*|Error: No row matches 'a.*' of --only; --list shows the rows.",
      })
  void aWordThatMeansNoRowIsAnErrorThatNamesTheNearOnes(String word, String complaint) {
    RowSelection choice = new RowSelection();
    choice.only(word);

    assertThatThrownBy(() -> choice.from(ALL))
        .isInstanceOfSatisfying(
            UsageException.class, e -> assertThat(e.inFull()).isEqualTo(complaint));
  }
}
