package dev.midge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.fault.FaultSide;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.net.Endpoint;
import dev.midge.proxy.event.ProxyListener;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without a fault, what leaves the proxy is what has come, whatever that is. */
class ByteForByteTest {
  private static final ProxyListener WATCHING =
      new ProxyListener() {
        @Override
        public boolean wantsPackets() {
          return true;
        }
      };

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void randomBytesInRandomPiecesPassAsTheyAre(long seed) throws Exception {
    passes(seed, ProxyListener.NONE);
    passes(seed, WATCHING);
  }

  private static void passes(long seed, ProxyListener listener) throws Exception {
    Random random = new Random(seed);
    byte[] up = stream(random, true);
    byte[] down = stream(random, false);
    try (ServerSocket broker = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Proxy proxy =
            Proxy.start(
                new ProxyConfig(
                    0,
                    null,
                    List.of(new Endpoint("127.0.0.1", broker.getLocalPort(), null)),
                    new FaultPlan(FaultSide.PROXY, 1, event -> {}),
                    listener));
        Socket client = new Socket("127.0.0.1", proxy.port());
        Socket server = broker.accept()) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      CompletableFuture<byte[]> upCame = reading(server);
      CompletableFuture<byte[]> downCame = reading(client);
      CompletableFuture<Void> downSent = writing(server, down, new Random(seed + 1));
      CompletableFuture<Void> upSent = writing(client, up, new Random(seed + 2));

      assertThat(Arrays.equals(upCame.get(30, TimeUnit.SECONDS), up)).isTrue();
      assertThat(Arrays.equals(downCame.get(30, TimeUnit.SECONDS), down)).isTrue();
      CompletableFuture.allOf(downSent, upSent).get(30, TimeUnit.SECONDS);
    }
  }

  private static CompletableFuture<byte[]> reading(Socket socket) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return socket.getInputStream().readAllBytes();
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        work -> new Thread(work).start());
  }

  private static CompletableFuture<Void> writing(Socket socket, byte[] bytes, Random random) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            OutputStream out = socket.getOutputStream();
            int most = 1 << random.nextInt(17);
            for (int at = 0; at < bytes.length; ) {
              int piece = Math.min(bytes.length - at, 1 + random.nextInt(most));
              out.write(bytes, at, piece);
              at += piece;
            }
            socket.shutdownOutput();
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        work -> new Thread(work).start());
  }

  /** Mostly packets; sometimes what is none, in the middle or from the beginning. */
  private static byte[] stream(Random random, boolean fromClient) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProtocolVersion version = ProtocolVersion.values()[random.nextInt(3)];
    if (random.nextInt(10) > 0) {
      add(bytes, first(random, version, fromClient), version);
      int count = random.nextInt(300);
      for (int i = 0; i < count; i++) {
        add(bytes, any(random, version, fromClient), version);
        if (random.nextInt(400) == 0) {
          bytes.write(0x34); // PUBLISH that is malformed: QoS 2 without room for anything
          bytes.write(0);
        }
      }
    }
    if (random.nextInt(3) == 0) {
      byte[] noise = new byte[random.nextInt(100_000)];
      random.nextBytes(noise);
      bytes.writeBytes(noise);
    }
    return bytes.toByteArray();
  }

  private static Packet first(Random random, ProtocolVersion version, boolean fromClient) {
    Properties aliases =
        version.isV5() && random.nextBoolean()
            ? Properties.of(Property.TOPIC_ALIAS_MAXIMUM, 20)
            : Properties.NONE;
    return fromClient
        ? new Connect(version, true, 60, "c" + random.nextInt(100), null, null, null, aliases)
        : new Connack(false, 0, aliases);
  }

  private static Packet any(Random random, ProtocolVersion version, boolean fromClient) {
    return switch (random.nextInt(6)) {
      case 0 -> fromClient ? Ping.REQUEST : Ping.RESPONSE;
      case 1 -> Ack.of(PacketType.PUBACK, 1 + random.nextInt(65535));
      case 2 ->
          fromClient
              ? new Subscribe(
                  7, List.of(Subscription.of("a/#", Qos.AT_LEAST_ONCE)), Properties.NONE)
              : Disconnect.NORMAL;
      default -> publish(random, version);
    };
  }

  private static Packet publish(Random random, ProtocolVersion version) {
    int size = random.nextInt(50) == 0 ? random.nextInt(300_000) : random.nextInt(200);
    byte[] payload = new byte[size];
    random.nextBytes(payload);
    boolean alias = version.isV5() && random.nextBoolean();
    Properties properties =
        alias ? Properties.of(Property.TOPIC_ALIAS, 1 + random.nextInt(30)) : Properties.NONE;
    String topic = alias && random.nextBoolean() ? "" : "t/" + random.nextInt(50);
    Message message =
        Message.of(topic, payload, Qos.AT_LEAST_ONCE, random.nextBoolean())
            .withProperties(properties);
    return new Publish(message, random.nextBoolean(), 1 + random.nextInt(65535));
  }

  private static void add(ByteArrayOutputStream to, Packet packet, ProtocolVersion version) {
    if (packet instanceof Disconnect && !version.isV5()) {
      return;
    }
    ByteBuffer encoded = PacketEncoder.encode(packet, version);
    to.write(encoded.array(), encoded.position(), encoded.remaining());
  }
}
