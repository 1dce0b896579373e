package dev.midge.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseTopicsTest {
  private final List<String> warnings = new ArrayList<>();

  private ResponseTopics topics(String usual) {
    return new ResponseTopics(List.of("svc/#", "+/ask"), usual, warnings::add);
  }

  private static Message request(String answersTo) {
    Properties properties =
        answersTo == null
            ? Properties.NONE
            : Properties.builder().add(Property.RESPONSE_TOPIC, answersTo).build();
    return Message.empty("svc/a").withProperties(properties);
  }

  @Test
  void aRequestNamesTheTopicOfItsAnswer() {
    assertThat(topics("usual").of(request("answers/1"))).isEqualTo("answers/1");
    assertThat(topics("usual").of(request(null))).isEqualTo("usual");
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    ",names no response topic",
    "'',is no topic name",
    "answers/+,is no topic name",
    "$CONTROL/x,begins with $",
    "svc,requests are taken from",
    "svc/b,requests are taken from",
    "x/ask,requests are taken from"
  })
  void othersArePassedOverWithOneWarningForAllOfTheirKind(String answersTo, String words) {
    ResponseTopics topics = topics(null);

    assertThat(topics.of(request(answersTo))).isNull();
    assertThat(topics.of(request(answersTo))).isNull();
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).contains("'svc/a'", words);
  }
}
