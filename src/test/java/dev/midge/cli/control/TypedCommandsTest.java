package dev.midge.cli.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.control.ClientEvent;
import dev.midge.control.ControlLog;
import dev.midge.control.ControlTarget;
import dev.midge.control.ControlWord;
import dev.midge.control.Controller;
import dev.midge.control.Facts;
import dev.midge.fault.Effect;
import dev.midge.fault.FaultSide;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.testing.MidgeRun;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is typed where a broker runs: answers, mistakes, and the words that Tab offers. */
class TypedCommandsTest {
  private Broker broker;
  private TypedCommands typed;
  private boolean stopped;

  @BeforeEach
  void start() throws Exception {
    broker = Broker.start(BrokerConfig.onFreePort());
    BrokerTarget target =
        new BrokerTarget(
            broker.inspector(),
            new FaultPlan(FaultSide.BROKER, 1, event -> {}),
            (id, effect) ->
                effect.text().equals("freeze")
                    ? CompletableFuture.completedFuture(true)
                    : CompletableFuture.failedFuture(new IllegalArgumentException("not that")),
            () -> stopped = true);
    typed = new TypedCommands(new Controller(target, new ControlLog()), FaultSide.BROKER);
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private List<String> type(String... words) {
    return typed.run(List.of(words), 80);
  }

  @Test
  void commandsAreAnswered() {
    assertThat(type("clients")).containsExactly("No client is connected.");
    assertThat(type("wait", "disconnected", "x")).containsExactly("x disconnected");
    assertThat(type("kick", "x", "freeze")).containsExactly("freeze: x");
    assertThat(type("fault", "close@publish-in:1", "client=x"))
        .containsExactly("Fault 1: close@publish-in:1 client=x");
    assertThat(type("log", "-f")).containsExactly("The log is here.");
    assertThat(type("stop")).isEmpty();
    assertThat(stopped).isTrue();
  }

  @Test
  void mistakesAreOneLine() {
    assertThat(type("clinets"))
        .containsExactly("Error: Unknown command 'clinets', did you mean 'clients'?");
    assertThat(type("xyz")).containsExactly("Error: Unknown command 'xyz'; help lists them.");
    assertThat(type("quit"))
        .containsExactly(
            "Error: Unknown command 'quit': stop ends the broker, Ctrl-D leaves the prompt.");
    assertThat(type("client", "a\u001b[2J"))
        .containsExactly("Error: There is no client 'a\\x1b[2J'.");
    assertThat(type("wait", "connected", "x", "10ms"))
        .containsExactly("Error: 'x' was not connected within 10ms.");
    assertThat(type("kick", "x", "reset")).containsExactly("Error: reset: not that");
  }

  @Test
  void aProxyShowsConnectionsAndSaysWhatItDoesNotKnow() {
    TypedCommands proxy =
        new TypedCommands(new Controller(new OneConnection(), new ControlLog()), FaultSide.PROXY);
    assertThat(proxy.run(List.of("clients"), 80))
        .containsExactly(
            "CLIENT  ADDRESS      MQTT   SINCE  IN  OUT  BROKER",
            "s1      127.0.0.1:9  3.1.1         3   4    mqtt://h:1883");
    assertThat(proxy.run(List.of("client", "s1"), 80))
        .contains("client id            s1", "broker               mqtt://h:1883");
    assertThat(proxy.run(List.of("will", "s1"), 80))
        .containsExactly("Error: The proxy knows no wills.");
    assertThat(proxy.run(List.of("sessions"), 80))
        .containsExactly("Error: The proxy knows no sessions.");
    assertThat(proxy.run(List.of("retained"), 80))
        .containsExactly("Error: The proxy knows no retained messages.");
    assertThat(proxy.run(List.of("kick", "s1", "drop"), 80))
        .singleElement()
        .asString()
        .startsWith("Error: ");
  }

  /** A proxy with one connection. */
  private static final class OneConnection implements ControlTarget {
    private final FaultPlan faults = new FaultPlan(FaultSide.PROXY, 1, event -> {});

    @Override
    public FaultSide side() {
      return FaultSide.PROXY;
    }

    @Override
    public List<Facts> clients() {
      return List.of(client("s1"));
    }

    @Override
    public Facts client(String id) {
      return new Facts()
          .with("client_id", id)
          .with("address", "127.0.0.1:9")
          .with("protocol_version", 4)
          .with("packets_in", 3)
          .with("packets_out", 4)
          .with("broker", "mqtt://h:1883");
    }

    @Override
    public FaultPlan faults() {
      return faults;
    }

    @Override
    public CompletableFuture<Boolean> inject(String id, Effect effect) {
      throw new IllegalArgumentException(effect.text() + " needs a moment");
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public CompletableFuture<Boolean> await(String id, ClientEvent event) {
      return CompletableFuture.completedFuture(true);
    }

    @Override
    public void stop() {}
  }

  @Test
  void tabOffersWordsClientsAndEffects() {
    MidgeRun client = MidgeRun.start("conn", "-p", broker.port(), "-i", "s1");
    client.awaitErr("Connected to");
    MidgeRun two = MidgeRun.start("conn", "-p", broker.port(), "-i", "two words");
    two.awaitErr("Connected to");
    MidgeRun odd = MidgeRun.start("conn", "-p", broker.port(), "-i", "o\u202Edd");
    odd.awaitErr("Connected to");

    assertThat(typed.offers(List.of())).isEqualTo(ControlWord.words());
    assertThat(typed.offers(List.of("kick"))).containsExactlyInAnyOrder("s1", "two words");
    List<String> effects = typed.offers(List.of("kick", "s1"));
    assertThat(effects)
        .containsExactly("close", "reset", "freeze", "reason", "garbage", "blackout");
    for (String effect : effects) { // None is offered that is refused for what it is.
      String argument = effect.equals("reason") ? ":130" : effect.equals("blackout") ? ":10ms" : "";
      assertThat(type("kick", "nobody", effect + argument))
          .singleElement()
          .asString()
          .containsAnyOf("not that", "freeze: nobody");
    }
    assertThat(typed.offers(List.of("wait")))
        .containsExactly("connected", "disconnected", "subscribed");
    assertThat(typed.offers(List.of("wait", "connected"))).hasSize(2);
    assertThat(typed.offers(List.of("fault"))).contains("reset");
    assertThat(typed.offers(List.of("clients"))).isEmpty();
    assertThat(typed.offers(List.of("nonsense"))).isEmpty();
  }
}
