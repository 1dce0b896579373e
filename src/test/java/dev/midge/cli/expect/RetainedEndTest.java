package dev.midge.cli.expect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.client.ClientEvents;
import dev.midge.client.Connection;
import dev.midge.client.Delivery;
import dev.midge.client.MessageListener;
import dev.midge.client.job.Engines;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Slow;
import dev.midge.testing.Specs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** sub --retained ends when the retained messages are through, be they none or ten thousand. */
class RetainedEndTest {
  private static final int MANY = 10_000;

  @TempDir Path directory;

  private static Object[] words(String line) {
    return line.split(" ");
  }

  private static void retain(int port, int count, Qos qos) throws Exception {
    try (Connection connection =
        Engines.open(Specs.to(port).spec(), ClientEvents.NONE, MessageListener.IGNORE)) {
      List<CompletableFuture<Delivery>> delivered = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        byte[] payload = String.valueOf(i).getBytes(StandardCharsets.UTF_8);
        delivered.add(connection.publish(Message.of("r/" + i, payload, qos, true), true));
      }
      connection.sendQueued(false);
      delivered.add(connection.publish(Message.of("last", new byte[0], Qos.AT_LEAST_ONCE, false)));
      CompletableFuture.allOf(delivered.toArray(CompletableFuture[]::new))
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static void isWhole(MidgeRun run, int count) {
    assertThat(run.status()).as(run.errText()).isZero();
    List<String> printed = run.outText().lines().toList();
    assertThat(printed.size()).isEqualTo(count);
    assertThat(Set.copyOf(printed).size()).isEqualTo(count);
    assertThat(printed.stream().filter(line -> !line.matches("[0-9]+"))).isEmpty();
    assertThat(run.errText()).isEmpty();
  }

  @Test
  void noneIsAnEndToo() throws Exception {
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      MidgeRun run = MidgeRun.run("sub", "-p", broker.port(), "-t", "#", "--retained");

      isWhole(run, 0);
    }
  }

  @Test
  void tenThousandOfMidgesBroker() throws Exception {
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      retain(broker.port(), MANY, Qos.AT_LEAST_ONCE);
      for (int qos = 0; qos <= 2; qos++) {
        isWhole(
            MidgeRun.run("sub", "-p", broker.port(), "-t", "r/#", "-q", qos, "--retained"), MANY);
      }
    }
  }

  @Test
  void tenThousandOfMosquitto() throws Exception {
    try (Mosquitto mosquitto = Mosquitto.start()) {
      retain(mosquitto.port(), MANY, Qos.AT_MOST_ONCE);
      for (String version : new String[] {"311", "5"}) {
        isWhole(
            MidgeRun.run(
                "sub", "-p", mosquitto.port(), "-t", "r/#", "-V", version, "-q", 1, "--retained"),
            MANY);
      }
    }
  }

  @Test
  void liveMessagesAreNotPrinted() throws Exception {
    MidgeRun chatter;
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      retain(broker.port(), 3, Qos.AT_MOST_ONCE);
      chatter =
          MidgeRun.start(
              words(
                  "pub -p "
                      + broker.port()
                      + " -t r/0 -m live --repeat 1000000 --repeat-delay 0.001"));
      MidgeRun run = MidgeRun.run("sub", "-p", broker.port(), "-t", "#", "--retained");

      isWhole(run, 3);
      assertThat(chatter.isDone()).isFalse();
    }
    chatter.await();
  }

  @Test
  void theTopicOfTheBarrierMayBeGivenAndIsNoMessage() throws Exception {
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      retain(broker.port(), 2, Qos.AT_LEAST_ONCE);
      MidgeRun run =
          MidgeRun.run(
              words("sub -p " + broker.port() + " -t # -q 1 --retained --barrier-topic my/own -d"));

      assertThat(run.outText().lines().filter(line -> line.matches("[0-9]+"))).hasSize(2);
      assertThat(run.outText())
          .contains("sending PUBLISH (d0, q0, r0, m3, 'my/own'")
          .contains("Topic: my/own)")
          .doesNotContain("midge/retained");
    }
  }

  @Test
  void aSessionThatIsKeptKeepsNoSubscriptionToTheBarrier() throws Exception {
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      String line = "sub -p " + broker.port() + " -t r -i kept -c -q 1 -W 30 ";
      MidgeRun first = MidgeRun.run(words(line + "--retained --barrier-topic my/own"));
      assertThat(first.status()).as(first.errText()).isZero();
      MidgeRun.run("pub", "-p", broker.port(), "-t", "my/own", "-m", "other", "-q", 1);
      MidgeRun.run("pub", "-p", broker.port(), "-t", "r", "-m", "mine", "-q", 1);
      MidgeRun second = MidgeRun.run(words(line + "-C 1"));

      assertThat(second.outText()).isEqualTo("mine\n");
    }
  }

  @Slow("waits for whole seconds")
  @Test
  void whereTheBarrierIsDeniedTheTimeDecides() throws Exception {
    Files.writeString(
        directory.resolve("acl"), "topic read r/#\ntopic write r/#\ntopic write last\n");
    try (Mosquitto mosquitto =
        Mosquitto.configured(
            directory,
            "listener PORT 127.0.0.1",
            "allow_anonymous true",
            "acl_file " + directory.resolve("acl"))) {
      retain(mosquitto.port(), 50, Qos.AT_LEAST_ONCE);
      for (String version : new String[] {"311", "5"}) {
        isWhole(
            MidgeRun.run(
                "sub", "-p", mosquitto.port(), "-t", "r/#", "-V", version, "-q", 1, "--retained"),
            50);
      }
    }
  }

  @Test
  void withATimeNothingIsPublished() throws Exception {
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      retain(broker.port(), 2, Qos.AT_MOST_ONCE);
      MidgeRun run =
          MidgeRun.run(
              words("sub -p " + broker.port() + " -t # --retained --retained-idle 300ms -d"));

      assertThat(run.status()).isZero();
      assertThat(run.outText()).doesNotContain("sending PUBLISH", "midge/retained");
      assertThat(run.outText().lines().filter(line -> line.matches("[0-9]+"))).hasSize(2);
    }
  }
}
