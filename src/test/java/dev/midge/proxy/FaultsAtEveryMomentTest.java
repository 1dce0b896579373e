package dev.midge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.fault.Effect;
import dev.midge.fault.EffectKind;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultRules;
import dev.midge.fault.FaultSide;
import dev.midge.fault.Moment;
import dev.midge.proxy.Dialogue.Step;
import dev.midge.testing.WireEnd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every effect at every moment that the proxy can carry out, seen from both sides: what the rules
 * allow is what is tried here.
 */
@Execution(ExecutionMode.CONCURRENT)
class FaultsAtEveryMomentTest {
  private static final List<String> KINDS =
      List.of(
          "connect",
          "connack",
          "publish",
          "puback",
          "pubrec",
          "pubrel",
          "pubcomp",
          "subscribe",
          "suback",
          "unsubscribe",
          "unsuback",
          "pingreq",
          "pingresp",
          "disconnect",
          "auth");

  static List<String> pairs() throws Exception {
    List<String> pairs = new ArrayList<>();
    for (Effect effect : effects()) {
      for (Moment moment : moments()) {
        if (FaultRules.impossible(effect, moment, FaultSide.PROXY) == null) {
          pairs.add(effect.text() + "@" + moment.text());
        }
      }
    }
    assertThat(pairs).hasSizeGreaterThan(500);
    return pairs;
  }

  private static List<Effect> effects() throws Exception {
    List<Effect> effects = new ArrayList<>();
    for (EffectKind kind : EffectKind.values()) {
      if (!kind.isOf(FaultSide.PROXY)) {
        continue;
      }
      for (String argument : FaultExpectation.arguments(kind)) {
        String word = kind.word() + argument + "@connack";
        try {
          effects.addAll(FaultParser.parse(word, FaultSide.PROXY).effects());
        } catch (dev.midge.fault.FaultSyntaxException notThere) {
          word = kind.word() + argument + "@publish:1";
          effects.addAll(FaultParser.parse(word, FaultSide.PROXY).effects());
        }
      }
    }
    return effects;
  }

  private static List<Moment> moments() throws Exception {
    List<Step> steps = Dialogue.steps(false);
    int connect = steps.get(0).bytes().length;
    int connack = steps.get(1).bytes().length;
    int subscribe = steps.get(2).bytes().length;
    int suback = steps.get(3).bytes().length;
    List<String> words =
        new ArrayList<>(
            List.of(
                "end",
                "connected",
                "connack",
                "subscribed",
                "after:30ms",
                "every:30ms",
                "bytes:" + (connect + connack + subscribe),
                "bytes-in:" + (connack + suback),
                "bytes-out:" + (connect + subscribe),
                "topic:in/1",
                "topic:out/2",
                "random:1"));
    for (String kind : KINDS) {
      words.add(kind + "-in:1");
      words.add(kind + "-out:1");
    }
    List<Moment> moments = new ArrayList<>();
    for (String word : words) {
      try {
        moments.add(FaultParser.parse("reset@" + word, FaultSide.PROXY).moment());
      } catch (dev.midge.fault.FaultSyntaxException impossible) {
        // The other direction is possible: a packet that nobody sends there is in no table.
      }
    }
    return moments;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void bothSidesSeeItAndNothingElse(String words) throws Exception {
    Fault fault = FaultParser.parse(words, FaultSide.PROXY);
    Moment moment = fault.moment();
    boolean tcp = words.startsWith("refuse:tcp");
    String target = tcp ? "" : " client=" + Dialogue.CLIENT;
    String count = moment instanceof Moment.Topic ? " x1" : "x1";
    try (ProxyStand stand = ProxyStand.with(words + count + target)) {
      if (tcp) {
        try (WireEnd client = stand.client()) {
          assertThat(client.end()).isEqualTo(WireEnd.How.RST);
        }
        stand.expectNoBroker();
        stand.another();
      } else {
        play(stand, fault);
      }
      assertThat(stand.events()).hasSize(1);
      assertThat(stand.events().get(0).effects()).isEqualTo(fault.effects().get(0).text());
    }
  }

  private static void play(ProxyStand stand, Fault fault) throws Exception {
    Moment moment = fault.moment();
    boolean disconnectIn = moment.text().equals("disconnect-in:1");
    List<Step> steps = Dialogue.steps(disconnectIn);
    // Before it is connected there is nothing to take over: chance passes CONNECT and CONNACK by.
    boolean later = fault.has(EffectKind.TAKEOVER) && moment instanceof Moment.Random;
    int at = later ? 2 : Dialogue.indexOf(steps, moment);
    try (WireEnd client = stand.client()) {
      if (fault.has(EffectKind.REFUSE)) {
        client.send(steps.get(0).bytes());
        FaultExpectation.refused(client);
        stand.expectNoBroker();
        stand.another();
        return;
      }
      try (WireEnd broker = stand.broker()) {
        for (int i = 0; i < at; i++) {
          ProxyStand.pass(client, broker, steps.get(i));
        }
        new FaultExpectation(stand, fault, steps, at, client, broker).check();
      }
    }
  }
}
