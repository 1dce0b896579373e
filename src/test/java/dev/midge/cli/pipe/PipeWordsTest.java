package dev.midge.cli.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of pipes that do not fit together: one line, status 1, and no connection. */
class PipeWordsTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "pub -t a -0 --frame u32 | -0 and --frame exclude each other: give one.",
        "pub -t a -0 -m x | --topic-from-line, -0 and --frame cannot be combined with -m, -f, -s or -n.",
        "pub -t a --frame u32 -f x | --topic-from-line, -0 and --frame cannot be combined with -m, -f, -s or -n.",
        "pub -t a --frame u16 | Invalid --frame argument 'u16': it is u32, a length of four bytes, the highest first.",
        "pub -t a --frame | --frame argument given but no form specified.",
        "pub -0 | Both topic and message must be supplied: the topic (-t, or in -L) is missing.",
        "pub --from-json -m x | --from-json cannot be combined with -m, -s, -n or -l.",
        "pub --from-json -l | --from-json cannot be combined with -m, -s, -n or -l.",
        "pub --from-json --topic-from-line : | --from-json and --topic-from-line exclude each other: a recording tells the topics.",
        "pub --topic-from-line : -t a | -t and --topic-from-line exclude each other: give one.",
        "pub --topic-from-line : -n | --topic-from-line, -0 and --frame cannot be combined with -m, -f, -s or -n.",
        "pub -t a -m x --replay | --replay needs --from-json: only recordings have times.",
        "pub -t a -m x --speed 2 | --speed needs --replay.",
        "pub -t a -n --filter b | --filter and --to-topic need messages with topics: --from-json or --topic-from-line.",
        "pub -t a -m x --to-topic s/a/b/ | --filter and --to-topic need messages with topics: --from-json or --topic-from-line.",
        "pub -t a -l --replay | --replay needs --from-json: only recordings have times.",
        "pub -t a -0 --repeat 2 | --repeat and --repeat-delay cannot be combined with --from-json, --topic-from-line, -0 or --frame.",
        "pub -t a --frame u32 --repeat forever | --repeat and --repeat-delay cannot be combined with --from-json, --topic-from-line, -0 or --frame.",
        "pub --from-json --repeat 1 | --repeat and --repeat-delay cannot be combined with --from-json, --topic-from-line, -0 or --frame.",
        "pub --topic-from-line : -l --repeat-delay 0.5 | --repeat and --repeat-delay cannot be combined with --from-json, --topic-from-line, -0 or --frame.",
        "pub --from-json --speed 2 | --speed needs --replay.",
        "pub --from-json --replay --speed 0 | Invalid --speed argument '0': it is a number above 0, such as 10 or 0.5.",
        "pub --from-json --replay --speed fast | Invalid --speed argument 'fast': it is a number above 0, such as 10 or 0.5.",
        "pub --from-json --filter a# | Invalid filter topic 'a#', are all '+' and '#' wildcards correct?",
        "pub --from-json --filter $share/g/a | --filter chooses among the messages of the input, and has no $share/NAME/ in front.",
        "pub -t a -l --filter b | --filter and --to-topic need messages with topics: --from-json or --topic-from-line.",
        "pub --from-json -t a --to-topic s/a/b/ | -t sends all messages to one topic, and excludes --to-topic.",
        "pub --from-json --to-topic s/a/b | Invalid --to-topic argument 's/a/b': it has to have three /, as s/REGEX/REPLACEMENT/ has of its own.",
        "sub -t a -0 --frame u32 | -0 and --frame exclude each other: give one.",
        "sub -t a -0 -N | -0 and --frame cannot be combined with -N, -w, --message-rate or --time.",
        "sub -t a --frame u32 -w | -0 and --frame cannot be combined with -N, -w, --message-rate or --time.",
        "sub -t a --frame u32 --time | -0 and --frame cannot be combined with -N, -w, --message-rate or --time.",
        "sub -t a --frame u8 | Invalid --frame argument 'u8': it is u32, a length of four bytes, the highest first.",
        "rr -t a -e b -n --latency -0 | --latency prints a line, which -0 and --frame leave no room for.",
      })
  void oneLineSaysWhatWouldBeRight(String words, String why) {
    MidgeRun run = MidgeRun.run((Object[]) words.split(" "));

    assertThat(run.errText().lines().findFirst()).contains("Error: " + why);
    assertThat(run.errText()).doesNotContain("refused");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.outText()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mosquitto_pub --from-json",
        "mosquitto_pub --replay",
        "mosquitto_pub --speed",
        "mosquitto_pub --filter",
        "mosquitto_pub --to-topic",
        "mosquitto_pub --topic-from-line",
        "mosquitto_pub -0",
        "mosquitto_pub --null",
        "mosquitto_pub --frame",
        "mosquitto_sub -0",
        "mosquitto_sub --null",
        "mosquitto_sub --frame",
        "mosquitto_rr -0",
      })
  void mosquittosNamesDoNotHaveThem(String words) {
    String[] both = words.split(" ");
    MidgeRun run = MidgeRun.startAs(both[0], Map.of(), "-t", "a", both[1]).await();

    assertThat(run.errText()).startsWith("Error: Unknown option '" + both[1] + "'.");
    assertThat(run.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub -t a --frame u32", "rr -t a -e b -n --frame u32"})
  void lengthsAreNotForATerminal(String words) {
    Object[] line = Stream.of(words.split(" ")).toArray();
    MidgeRun run = MidgeRun.runOnTerminal(Map.of(), line);

    assertThat(run.errText())
        .startsWith("Error: --frame does not write to a terminal: use a pipe or a file.");
    assertThat(run.status()).isEqualTo(1);
  }
}
