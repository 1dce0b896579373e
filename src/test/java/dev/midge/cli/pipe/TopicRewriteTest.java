package dev.midge.cli.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.cli.UsageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Substitutions in topics, as sed makes them. */
class TopicRewriteTest {

  @ParameterizedTest(name = "{0}: {1} becomes {2}")
  @CsvSource(
      delimiter = ' ',
      value = {
        "s/a/b/ a/a b/a",
        "s/a/b/g a/a b/b",
        "s,a/,b/, a/a b/a",
        "s|^|test/| a/a test/a/a",
        "s/^/test\\// a/a test/a/a",
        "s/$/\\/x/ a a/x",
        "s/x/y/ a a",
        "s#(.*)/(.*)#\\2/\\1# a/b b/a",
        "s#(.*)/(.*)#$2/$1# a/b b/a",
        "s#a#&&# ab aab",
        "s#a#\\&# ab &b",
        "s#a#\\0\\0# ab aab",
        "s#(a)#\\10# ab a0b",
        "s#a#\\$1# ab $1b",
        "s#a#$SYS# ab $SYSb",
        "s#a#b$# ac b$c",
        "s,a\\,b,x, a,b x",
        "s.a\\.b.x. a.b x",
        "s.a\\.b.x. acb acb",
        "s#a## ab b",
        "s/[0-9]+/N/g a/12/b3 a/N/bN",
        "s#ä#😀# ä/ä 😀/ä",
        "s/(?i)A/b/ a b",
      })
  void itReplaces(String expression, String topic, String result) {
    assertThat(TopicRewrite.parse(expression).apply(topic)).isEqualTo(result);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "'';it has to be s/REGEX/REPLACEMENT/.",
        "s;it has to be s/REGEX/REPLACEMENT/.",
        "y/a/b/;it has to be s/REGEX/REPLACEMENT/.",
        "s1a1b1;it has to be s/REGEX/REPLACEMENT/.",
        "s/a/b;it has to have three /, as s/REGEX/REPLACEMENT/ has of its own.",
        "s,a,b\\,;it has to have three ,, as s/REGEX/REPLACEMENT/ has of its own.",
        "s/a/b/i;behind the last / there is g or nothing.",
        "s/a/b/c/;behind the last / there is g or nothing.",
        "s/(/b/;its regular expression is none: Unclosed group.",
        "s/a/\\1/;group 1 is not there, it has 0 in brackets.",
        "s/(a)/$2/;group 2 is not there, it has 1 in brackets.",
      })
  void whatIsNoSubstitutionSaysWhatIsWrong(String expression, String why) {
    assertThatThrownBy(() -> TopicRewrite.parse(expression))
        .isInstanceOf(UsageException.class)
        .hasMessage("Error: Invalid --to-topic argument '" + expression + "': " + why);
  }
}
