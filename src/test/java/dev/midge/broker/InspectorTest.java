package dev.midge.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.broker.inspect.ClientState;
import dev.midge.broker.inspect.ConnectionSnapshot;
import dev.midge.broker.inspect.SessionSnapshot;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.testing.MidgeRun;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A running broker tells of its clients, and is held up. */
class InspectorTest {
  private Broker broker;
  private Inspector inspector;

  @BeforeEach
  void start() throws Exception {
    broker = Broker.start(BrokerConfig.onFreePort());
    inspector = broker.inspector();
  }

  @AfterEach
  void close() {
    broker.close();
  }

  private MidgeRun connect(String id, Object... more) throws Exception {
    Object[] line = {"conn", "-p", broker.port(), "-i", id};
    Object[] all = java.util.Arrays.copyOf(line, line.length + more.length);
    System.arraycopy(more, 0, all, line.length, more.length);
    MidgeRun run = MidgeRun.start(all);
    get(inspector.await(id, ClientState.CONNECTED));
    return run;
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  @Test
  void whoWaitsForAClientHearsOfTheEndOfTheBroker() throws Exception {
    CompletableFuture<Boolean> waiting = inspector.await("nobody", ClientState.CONNECTED);
    get(inspector.sessions()); // so that it has been looked for
    broker.close();
    assertThatThrownBy(() -> get(waiting))
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has stopped");
  }

  @Test
  void aConnectedClientIsKnownWithItsConnectionAndItsWill() throws Exception {
    MidgeRun client =
        connect("s1", "-k", 30, "-x", 60, "-u", "anna", "--will-topic", "w", "--will-payload", "x");

    SessionSnapshot session = get(inspector.session("s1")).orElseThrow();
    ConnectionSnapshot connection = session.connection();
    assertThat(connection.address()).startsWith("127.0.0.1:");
    assertThat(connection.port()).isEqualTo(broker.port());
    assertThat(connection.version()).isEqualTo(ProtocolVersion.V5);
    assertThat(connection.keepAlive()).isEqualTo(30);
    assertThat(connection.username()).isEqualTo("anna");
    assertThat(connection.age()).isPositive();
    assertThat(session.kept()).hasSeconds(60);
    assertThat(session.endsIn()).isNull();
    assertThat(session.will().message().topic()).isEqualTo("w");

    client.stop();
    get(inspector.await("s1", ClientState.DISCONNECTED));
    SessionSnapshot absent = get(inspector.session("s1")).orElseThrow();
    assertThat(absent.connection()).isNull();
    assertThat(absent.endsIn()).isPositive();
    assertThat(absent.will()).isNull();
  }

  @Test
  void messagesForAnAbsentClientAreCountedAndItsSubscriptionsShown() throws Exception {
    MidgeRun sub =
        MidgeRun.start("sub", "-p", broker.port(), "-i", "s", "-c", "-t", "a/+", "-q", 1);
    get(inspector.await("s", ClientState.SUBSCRIBED));
    sub.stop();
    get(inspector.await("s", ClientState.DISCONNECTED));
    MidgeRun.run("pub", "-p", broker.port(), "-t", "a/b", "-m", "four", "-q", 1);

    SessionSnapshot session = get(inspector.session("s")).orElseThrow();
    assertThat(session.waiting()).isEqualTo(new SessionSnapshot.Waiting(0, 0, 1, 4));
    assertThat(session.subscriptions()).hasSize(1);
    assertThat(session.subscriptions().get(0).options().filter()).isEqualTo("a/+");
    assertThat(session.subscriptions().get(0).options().qos()).isEqualTo(Qos.AT_LEAST_ONCE);
    assertThat(get(inspector.sessions())).extracting(SessionSnapshot::clientId).contains("s");
  }

  @Test
  void retainedMessagesComePageByPage() throws Exception {
    for (String topic : List.of("a", "a/b", "b", "c")) {
      MidgeRun.run("pub", "-p", broker.port(), "-t", topic, "-m", topic, "-r", "-q", 1);
    }
    List<Message> first = get(inspector.retained("#", null, 3));
    assertThat(first).extracting(Message::topic).containsExactly("a", "a/b", "b");
    assertThat(get(inspector.retained("#", "b", 3)))
        .extracting(Message::topic)
        .containsExactly("c");
    assertThat(get(inspector.retained("a/#", null, 9)))
        .extracting(Message::topic)
        .containsExactly("a", "a/b");
  }

  @Test
  void aDisconnectedClientIsToldAndItsWillIsPublished() throws Exception {
    MidgeRun watch = MidgeRun.start("sub", "-p", broker.port(), "-i", "w", "-t", "w", "-C", 1);
    get(inspector.await("w", ClientState.SUBSCRIBED));
    MidgeRun client = connect("s1", "--will-topic", "w", "--will-payload", "gone");

    assertThat(get(inspector.disconnect("s1", 0x98))).isTrue();
    assertThat(get(inspector.disconnect("nobody", 0x98))).isFalse();
    assertThat(watch.await().outText()).isEqualTo("gone\n");
    assertThat(client.await().status()).isEqualTo(4);
    assertThat(client.errText()).contains("0x98");
  }

  @Test
  void aPausedBrokerTakesNobodyUntilItGoesOn() throws Exception {
    connect("before");
    get(inspector.pause());
    MidgeRun late = MidgeRun.start("conn", "-p", broker.port(), "-i", "late");
    MidgeRun pub =
        MidgeRun.run("pub", "-p", broker.port(), "-t", "x", "-m", "x", "--connect-timeout", 1);
    assertThat(pub.status()).isEqualTo(1);
    assertThat(get(inspector.session("late"))).isEmpty();

    get(inspector.resume());
    get(inspector.await("late", ClientState.CONNECTED));
    assertThat(late.awaitErr("Connected to").stop().status()).isZero();
  }

  @Test
  void aWaitThatIsGivenUpLeavesNothing() throws Exception {
    CompletableFuture<Boolean> wait = inspector.await("nobody", ClientState.CONNECTED);
    get(inspector.sessions());
    assertThat(wait).isNotDone();
    wait.cancel(false);
    connect("nobody");
    assertThat(wait).isCancelled();
  }

  @Test
  void aBrokerThatHasStoppedSaysSo() {
    broker.close();
    assertThatThrownBy(() -> get(inspector.sessions()))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the broker has stopped");
  }
}
