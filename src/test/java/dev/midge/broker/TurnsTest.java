package dev.midge.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is sent to a broker first is handled first. On a unix socket it is there when it is sent.
 */
class TurnsTest {
  @TempDir Path folder;

  private BrokerConfig config() {
    return BrokerConfig.onFreePort().withListener(ListenerSpec.unix(folder.resolve("s")));
  }

  private RawClient connect(int keepAlive) throws Exception {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(folder.resolve("s")));
    RawClient client = RawClient.over(channel, ProtocolVersion.V5);
    client.send(
        new Connect(ProtocolVersion.V5, true, keepAlive, "c", null, null, null, Properties.NONE));
    assertThat(client.expect(Connack.class).reasonCode()).isZero();
    return client;
  }

  private static Publish retained(String topic) {
    return new Publish(Message.of(topic, new byte[] {'x'}, Qos.AT_MOST_ONCE, true), false, 0);
  }

  @Test
  void aQuestionIsAnsweredBehindThePacketsThatWereSentBefore() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    BrokerWatcher watcher =
        new BrokerWatcher() {
          @Override
          public void published(String publisher, Message message, boolean isWill) {
            if (message.topic().equals("first")) {
              handling.countDown();
              awaitUninterrupted(goOn);
            }
          }
        };
    try (Broker broker = Broker.start(config().withWatcher(watcher));
        RawClient client = connect(0)) {
      client.send(retained("first"));
      assertThat(handling.await(30, TimeUnit.SECONDS)).isTrue();
      client.send(retained("second"));
      CompletableFuture<List<Message>> answer = broker.inspector().retained("second", null, 1);
      goOn.countDown();
      assertThat(answer.get(30, TimeUnit.SECONDS)).hasSize(1);
    } finally {
      goOn.countDown();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The time of a machine that stands still when the broker has just waited for input. */
  private static final class StandStill {
    private volatile boolean planned;
    private volatile RawClient client;
    private volatile long passed;
    private int looks; // of the broker's at the clock

    /** Has a client's packet come meanwhile. */
    void plan(RawClient one) {
      client = one;
      planned = true;
    }

    long nanoTime() {
      if (planned && Thread.currentThread().getName().equals("broker")) {
        looks++;
        if (looks == 1) { // before it waits for the keep alive, whose end is near
          passed = TimeUnit.MILLISECONDS.toNanos(89_500);
        } else if (looks == 2) {
          send(Ping.REQUEST);
          passed = TimeUnit.MINUTES.toNanos(3);
        }
      }
      return System.nanoTime() + passed;
    }

    private void send(Ping packet) {
      try {
        client.send(packet);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void aPacketThatHasComeWhileTheMachineStoodStillMeetsNoTimeOut() throws Exception {
    StandStill time = new StandStill();
    try (Broker broker = Broker.start(config(), () -> null, time::nanoTime);
        RawClient client = connect(60)) {
      broker.inspector().later("a test", () -> time.plan(client));
      client.expect(Ping.class);
      client.expectNothing();
    }
  }
}
