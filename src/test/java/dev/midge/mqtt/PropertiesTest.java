package dev.midge.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PropertiesTest {
  private static final Properties SOME =
      Properties.builder()
          .userProperty("b", "1")
          .add(Property.MESSAGE_EXPIRY_INTERVAL, 60)
          .userProperty("a", "2")
          .add(Property.CONTENT_TYPE, "text/plain")
          .add(Property.CORRELATION_DATA, new byte[] {1, 2})
          .userProperty("b", "1")
          .build();

  @Test
  void orderAndRepetitionsAreKept() {
    assertThat(SOME.entries())
        .extracting(Properties.Entry::property)
        .containsExactly(
            Property.USER_PROPERTY,
            Property.MESSAGE_EXPIRY_INTERVAL,
            Property.USER_PROPERTY,
            Property.CONTENT_TYPE,
            Property.CORRELATION_DATA,
            Property.USER_PROPERTY);
  }

  @Test
  void valuesAreFoundByTheirType() {
    assertThat(SOME.number(Property.MESSAGE_EXPIRY_INTERVAL)).hasValue(60);
    assertThat(SOME.number(Property.MESSAGE_EXPIRY_INTERVAL, 7)).isEqualTo(60);
    assertThat(SOME.text(Property.CONTENT_TYPE)).isEqualTo("text/plain");
    assertThat(SOME.bytes(Property.CORRELATION_DATA)).containsExactly(1, 2);
    assertThat(SOME.has(Property.CONTENT_TYPE)).isTrue();
  }

  @Test
  void whatIsAbsentIsEmptyNullOrTheGivenNumber() {
    assertThat(SOME.number(Property.TOPIC_ALIAS)).isEmpty();
    assertThat(SOME.number(Property.TOPIC_ALIAS, 7)).isEqualTo(7);
    assertThat(SOME.text(Property.RESPONSE_TOPIC)).isNull();
    assertThat(SOME.bytes(Property.AUTHENTICATION_DATA)).isNull();
    assertThat(SOME.has(Property.TOPIC_ALIAS)).isFalse();
  }

  @Test
  void theFirstOfSeveralCounts() {
    Properties several =
        Properties.of(Property.SUBSCRIPTION_IDENTIFIER, 1)
            .plus(Property.SUBSCRIPTION_IDENTIFIER, 2);
    assertThat(several.number(Property.SUBSCRIPTION_IDENTIFIER)).hasValue(1);
    assertThat(several.entries()).hasSize(2);
  }

  @Test
  void withoutTakesAllOfAKindAndLeavesTheRestInOrder() {
    Properties rest = SOME.without(Property.USER_PROPERTY);
    assertThat(rest.entries()).hasSize(3);
    assertThat(SOME.entries()).hasSize(6);
    assertThat(rest.without(Property.TOPIC_ALIAS)).isSameAs(rest);
    assertThat(Properties.of(Property.TOPIC_ALIAS, 1).without(Property.TOPIC_ALIAS))
        .isSameAs(Properties.NONE);
  }

  @Test
  void bytesAreComparedByWhatTheyHold() {
    Properties one = properties(new byte[] {1});
    assertThat(one).isEqualTo(properties(new byte[] {1})).hasSameHashCodeAs(properties(one()));
    assertThat(one).isNotEqualTo(properties(new byte[] {2}));
    assertThat(one).isNotEqualTo(Properties.NONE);
  }

  @Test
  void orderMattersToEquality() {
    Properties ab = Properties.builder().userProperty("a", "").userProperty("b", "").build();
    Properties ba = Properties.builder().userProperty("b", "").userProperty("a", "").build();
    assertThat(ab).isNotEqualTo(ba);
  }

  @Test
  void aListThatChangesLaterChangesNothing() {
    List<Properties.Entry> entries =
        new ArrayList<>(List.of(new Properties.Entry(Property.TOPIC_ALIAS, 1L)));
    Properties properties = Properties.of(entries);
    entries.clear();
    assertThat(properties.has(Property.TOPIC_ALIAS)).isTrue();
  }

  @Test
  void aBuilderCanGoOnAfterBuilding() {
    Properties.Builder builder = Properties.builder().userProperty("a", "b");
    Properties first = builder.build();
    Properties second = builder.userProperty("c", "d").build();
    assertThat(first.entries()).hasSize(1);
    assertThat(second.entries()).hasSize(2);
    assertThat(Properties.builder().addAll(second).build()).isEqualTo(second);
  }

  private static byte[] one() {
    return new byte[] {1};
  }

  private static Properties properties(byte[] correlation) {
    return Properties.builder().add(Property.CORRELATION_DATA, correlation).build();
  }
}
