package dev.midge.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.PacketType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultParserTest {

  private static Fault at(FaultSide side, String words) throws FaultSyntaxException {
    return FaultParser.parse(words, side);
  }

  @Test
  void aFaultWithoutAMomentHappensAtTheEnd() throws Exception {
    assertThat(at(FaultSide.CLIENT, "reset")).isEqualTo(new Fault(Effect.RESET, new Moment.End()));
  }

  @Test
  void aConnectionIsSlowFromTheBeginningUnlessTheMomentSaysOtherwise() throws Exception {
    assertThat(at(FaultSide.PROXY, "delay:500ms±100ms+throttle:1KB/s"))
        .isEqualTo(
            new Fault(
                List.of(
                    new Effect.Delay(Duration.ofMillis(500), Duration.ofMillis(100)),
                    new Effect.Throttle(1024)),
                new Moment.Connected(),
                Fault.UNLIMITED,
                Target.ALL));
    assertThat(at(FaultSide.PROXY, "delay:500ms+-100ms"))
        .isEqualTo(at(FaultSide.PROXY, "delay:500ms±100ms"));
    assertThat(at(FaultSide.BROKER, "refuse").moment()).isEqualTo(new Moment.Connack());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reset@publish:2",
        "reset@publish-out:2",
        "close@publish:2..3x4",
        "freeze@publish-out:every/3",
        "delay:1ms@publish:*"
      })
  void aClientsFaultIsToldAsItsUserHasWrittenIt(String words) throws Exception {
    Fault fault = at(FaultSide.CLIENT, words);

    assertThat(fault.words()).isEqualTo(words);
    assertThat(fault.text()).isEqualTo(words.replace("@publish:", "@publish-out:"));
  }

  @Test
  void theTargetFollowsTheMoment() throws Exception {
    Fault fault =
        at(
            FaultSide.BROKER,
            "truncate+reset@publish-in:2..5x3 client=dev-* user=a?c topic=a/# version=3.1.1 share=12.5%");

    assertThat(fault.effects())
        .containsExactly(new Effect.Plain(EffectKind.TRUNCATE), Effect.RESET);
    assertThat(fault.moment())
        .isEqualTo(new Moment.Packets(PacketType.PUBLISH, Direction.IN, 2, 5, 1));
    assertThat(fault.count()).isEqualTo(3);
    assertThat(fault.target())
        .isEqualTo(new Target("dev-*", "a?c", "a/#", ProtocolVersion.V3_1_1, 12.5));
    assertThat(fault.text())
        .isEqualTo(
            "truncate+reset@publish-in:2..5x3 client=dev-* user=a?c topic=a/# version=311"
                + " share=12.5");
  }

  @Test
  void aTopicMayHoldWhatElsewhereIsACountOrASpace() throws Exception {
    assertThat(at(FaultSide.PROXY, "drop@topic:my box/x2").moment())
        .isEqualTo(new Moment.Topic("my box/x2"));
    Fault counted = at(FaultSide.PROXY, "drop@topic:a/x2 x4");
    assertThat(counted.moment()).isEqualTo(new Moment.Topic("a/x2"));
    assertThat(counted.count()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "pingreq:*, pingreq:*",
    "puback-in:1, puback-in:1",
    "publish-out:every/10, publish-out:every/10",
    "publish:3, publish-out:3",
    "publish-in:2..4, publish-in:2..4",
    "bytes:100, bytes:100",
    "bytes-in:7, bytes-in:7",
    "every:1.5s, every:1500ms",
    "after:2m, after:2m",
    "after:90s, after:90s",
    "after:7200s, after:2h",
    "random:.5, random:0.5",
    "eof, eof",
    "connack, connack",
    "subscribed, subscribed"
  })
  void momentsAreReadAndWritten(String word, String text) throws Exception {
    assertThat(at(FaultSide.CLIENT, "freeze:out@" + word).text()).isEqualTo("freeze:out@" + text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "CLIENT | blow | the effect 'blow' is not one of close, reset, freeze, kill,",
        "CLIENT | drop@publish:1 | 'drop' is not for a client.",
        "PROXY | kill | 'kill' is not for the proxy.",
        "BROKER | close@eof | eof, the end of standard input, is for a client.",
        "CLIENT | reset@sometime | the moment 'sometime' is not one of end, connected,",
        "CLIENT | reset@after:5 | after takes a time with a unit, such as after:300ms or after:5s.",
        "BROKER | reset@every:x | every takes a time with a unit, such as every:300ms or every:5s.",
        "BROKER | reset@every:0s | every takes a time above 0, such as every:5s.",
        "CLIENT | reset@publish:0 | publish:N counts from 1, such as publish:3.",
        "CLIENT | reset@publish:5..2 | the range 5..2 is empty.",
        "CLIENT | reset@publish:some | packets are counted from 1: publish:3, :2..5, :* or :every/10.",
        "CLIENT | reset@connack-out:1 | CONNACK is never sent by a client: it comes to it (-in).",
        "BROKER | reset@pingreq-in:1 | PINGREQ never comes to a client: it is sent by it (-out).",
        "CLIENT | reset+will | reset ends the connection, so that it is the last of a sum.",
        "BROKER | drop+drop@publish-in:1 | drop is there twice.",
        "BROKER | drop@after:1s | drop needs the moment of a packet, such as publish-out:1.",
        "CLIENT | truncate@publish-in:1 | a client can truncate what it sends only, such as publish-out:1.",
        "BROKER | truncate@publish-out:1 | the broker can truncate what it sends only, such as publish-in:1.",
        "BROKER | reset@auth-in:1 | AUTH passes the proxy only: midge's clients and its broker send none.",
        "BROKER | refuse@end | refuse happens at connack only.",
        "BROKER | refuse:tcp client=a | refuse:tcp comes before CONNECT, so that nobody can be told apart.",
        "BROKER | close client= | client= needs a value.",
        "BROKER | close share=101 | share=PERCENT is 0 to 100.",
        "BROKER | close version=4 | the version '4' is not one of 5, 311, 31.",
        "BROKER | close topic=a | topic= needs a moment of PUBLISH, such as publish-in:1.",
        "CLIENT | close client=a | client=, user=, topic=, version= and share= are for the broker and the proxy;",
        "CLIENT | reason | 'reason' needs an argument: reason:NN.",
        "CLIENT | reason:256 | a reason code is 0 to 255, decimal or such as 0x04.",
        "BROKER | nack:0x10@publish-out:1 | a reason code is 128 to 255, decimal or such as 0x87.",
        "CLIENT | close:now | 'close' takes no argument.",
        "CLIENT | blackout:soon | blackout:DURATION takes a time such as 300ms, 5s, 1.5s, 2m.",
        "CLIENT | delay:1s±2s | the jitter is at most the delay.",
        "CLIENT | throttle:0 | throttle:BYTES/s takes bytes a second, such as 1000/s or 64KB/s.",
        "CLIENT | slice:x | slice:BYTES[:DURATION] takes bytes of a write, such as slice:1:10ms.",
        "CLIENT | reset@random:2 | random:P is a probability from 0 to 1, such as random:0.01.",
        "PROXY | drop@topic:a/#/b | 'a/#/b' is not a topic filter.",
        "BROKER | reset@publish-out:3 clent=x | 'clent' is not one of client, user, topic, version, share.",
        "BROKER | reset clent=x | 'clent' is not one of client, user, topic, version, share.",
        "BROKER | reset client=a client=b | client= is given twice.",
        "BROKER | nack@publish-in:1 | the broker does not answer what it publishes itself;",
        "CLIENT | reset@publish:1x0 | xCOUNT is how often at most, such as x2."
      })
  void whatCannotBeIsRefusedWithTheReason(FaultSide side, String words, String why) {
    assertThatThrownBy(() -> at(side, words))
        .isInstanceOf(FaultSyntaxException.class)
        .hasMessageStartingWith("Invalid fault '" + words + "': " + why);
  }

  @ParameterizedTest
  @CsvSource({
    "*, abc, true",
    "a*c, abbc, true",
    "a*c, abcd, false",
    "?, a, true",
    "?, '', false",
    "a*b*c, aXbYbZc, true",
    "'', '', true",
    "dev-??, dev-12, true",
    "dev-??, dev-123, false"
  })
  void globsMatchWholeNames(String glob, String name, boolean matches) {
    assertThat(Target.matches(glob, name)).isEqualTo(matches);
  }
}
