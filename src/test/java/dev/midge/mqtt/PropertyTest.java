package dev.midge.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Property.Place;
import dev.midge.mqtt.Property.Type;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table against MQTT 5.0, 2.2.2.2, typed here once more from the standard. */
class PropertyTest {
  private static final String[] PLACES = {
    "CONNECT",
    "CONNACK",
    "PUBLISH",
    "Will",
    "ACK",
    "SUBSCRIBE",
    "SUBACK",
    "UNSUBSCRIBE",
    "UNSUBACK",
    "DISCONNECT",
    "AUTH"
  };

  @ParameterizedTest
  @CsvSource({
    "1, Payload Format Indicator, BYTE, PUBLISH Will",
    "2, Message Expiry Interval, FOUR_BYTE_INTEGER, PUBLISH Will",
    "3, Content Type, UTF8_STRING, PUBLISH Will",
    "8, Response Topic, UTF8_STRING, PUBLISH Will",
    "9, Correlation Data, BINARY, PUBLISH Will",
    "11, Subscription Identifier, VARIABLE_BYTE_INTEGER, PUBLISH SUBSCRIBE",
    "17, Session Expiry Interval, FOUR_BYTE_INTEGER, CONNECT CONNACK DISCONNECT",
    "18, Assigned Client Identifier, UTF8_STRING, CONNACK",
    "19, Server Keep Alive, TWO_BYTE_INTEGER, CONNACK",
    "21, Authentication Method, UTF8_STRING, CONNECT CONNACK AUTH",
    "22, Authentication Data, BINARY, CONNECT CONNACK AUTH",
    "23, Request Problem Information, BYTE, CONNECT",
    "24, Will Delay Interval, FOUR_BYTE_INTEGER, Will",
    "25, Request Response Information, BYTE, CONNECT",
    "26, Response Information, UTF8_STRING, CONNACK",
    "28, Server Reference, UTF8_STRING, CONNACK DISCONNECT",
    "31, Reason String, UTF8_STRING, CONNACK ACK SUBACK UNSUBACK DISCONNECT AUTH",
    "33, Receive Maximum, TWO_BYTE_INTEGER, CONNECT CONNACK",
    "34, Topic Alias Maximum, TWO_BYTE_INTEGER, CONNECT CONNACK",
    "35, Topic Alias, TWO_BYTE_INTEGER, PUBLISH",
    "36, Maximum QoS, BYTE, CONNACK",
    "37, Retain Available, BYTE, CONNACK",
    "38, User Property, UTF8_STRING_PAIR, CONNECT CONNACK PUBLISH Will ACK SUBSCRIBE SUBACK"
        + " UNSUBSCRIBE UNSUBACK DISCONNECT AUTH",
    "39, Maximum Packet Size, FOUR_BYTE_INTEGER, CONNECT CONNACK",
    "40, Wildcard Subscription Available, BYTE, CONNACK",
    "41, Subscription Identifier Available, BYTE, CONNACK",
    "42, Shared Subscription Available, BYTE, CONNACK",
  })
  void isWhatTheStandardSays(int identifier, String name, Type type, String places) {
    Property property = Property.ofIdentifier(identifier);
    assertThat(property.identifier()).isEqualTo(identifier);
    assertThat(property.propertyName()).isEqualTo(name.toLowerCase(Locale.ROOT).replace(' ', '-'));
    assertThat(property.name()).isEqualTo(name.toUpperCase(Locale.ROOT).replace(' ', '_'));
    assertThat(property.type()).isEqualTo(type);
    Set<String> wanted = Set.of(places.split(" "));
    Set<String> allowed = new HashSet<>();
    for (int i = 0; i < PLACES.length; i++) {
      if (property.allowedIn(1 << i)) {
        allowed.add(PLACES[i]);
      }
    }
    assertThat(allowed).isEqualTo(wanted);
  }

  @Test
  void thereAreTwentySeven() {
    assertThat(Property.values()).hasSize(27);
  }

  @Test
  void otherIdentifiersAreNone() {
    assertThat(Property.ofIdentifier(0)).isNull();
    assertThat(Property.ofIdentifier(0x2B)).isNull();
    assertThat(Property.ofIdentifier(-1)).isNull();
    assertThat(Property.ofIdentifier(Integer.MAX_VALUE)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsNameInAnyCase(Property property) {
    assertThat(Property.ofName(property.propertyName())).isEqualTo(property);
    assertThat(Property.ofName(property.propertyName().toUpperCase(Locale.ROOT)))
        .isEqualTo(property);
  }

  @Test
  void anUnknownNameIsNone() {
    assertThat(Property.ofName("topic_alias")).isNull();
    assertThat(Property.ofName("")).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void onlyUserPropertiesAndIdentifiersInPublishRepeat(Property property) {
    assertThat(property.repeatable(Place.CONNECT)).isEqualTo(property == Property.USER_PROPERTY);
    assertThat(property.repeatable(Place.PUBLISH))
        .isEqualTo(
            property == Property.USER_PROPERTY || property == Property.SUBSCRIPTION_IDENTIFIER);
  }
}
