package dev.midge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.cli.UsageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViewWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hex|hex[][]",
        "base64,gzip|base64[][] gzip[][]",
        "protobuf:a.proto,T|protobuf[a.proto][T]",
        "protobuf(a.proto,T)|protobuf[a.proto][T]",
        "protobuf(dir (1)/a,b.proto,x.T)|protobuf[dir (1)/a,b.proto][x.T]",
        "gzip,protobuf:a.proto,T,json|gzip[][] protobuf[a.proto][T] json[][]",
        "gzip,protobuf(a.proto,T),json|gzip[][] protobuf[a.proto][T] json[][]",
        "hex,|hex[][] [][]",
      })
  void anArgumentIsTakenApart(String word, String steps) {
    assertThat(
            ViewWords.parse("--decode", word).stream()
                .map(step -> step.name() + "[" + step.file() + "][" + step.type() + "]"))
        .containsExactly(steps.split("(?<=\\]) (?=[a-z\\[])"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "protobuf",
        "protobuf:",
        "protobuf:a.proto",
        "protobuf:a.proto,",
        "protobuf:,T",
        "protobuf()",
        "protobuf(a.proto)",
        "protobuf(a.proto,T",
        "protobuf,hex",
        "protobufs"
      })
  void protobufNeedsAFileAndAType(String word) {
    assertThatThrownBy(() -> ViewWords.parse("--decode", word))
        .isInstanceOf(UsageException.class)
        .extracting(e -> ((UsageException) e).inFull())
        .isEqualTo(
            "Error: Invalid --decode argument '"
                + word
                + "': a file and a type must follow, as in protobuf:sensors.proto,Reading.");
  }
}
