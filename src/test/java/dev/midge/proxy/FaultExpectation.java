package dev.midge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.EffectKind;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultRules;
import dev.midge.fault.Moment;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.proxy.Dialogue.Step;
import dev.midge.testing.WireEnd;
import dev.midge.testing.WireEnd.How;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What client and broker see of one fault, from the packet on at which it happens. */
final class FaultExpectation {
  private static final long PAUSE_MILLIS = 40;

  private final ProxyStand stand;
  private final Fault fault;
  private final Effect effect;
  private final List<Step> steps;
  private final int at;
  private final WireEnd client;
  private final WireEnd broker;
  private final Step step;
  private final WireEnd sender;
  private final WireEnd receiver;

  FaultExpectation(
      ProxyStand stand, Fault fault, List<Step> steps, int at, WireEnd client, WireEnd broker) {
    this.stand = stand;
    this.fault = fault;
    this.effect = fault.effects().get(0);
    this.steps = steps;
    this.at = at;
    this.client = client;
    this.broker = broker;
    this.step = steps.get(at);
    this.sender = step.isOut() ? client : broker;
    this.receiver = step.isOut() ? broker : client;
  }

  static List<String> arguments(EffectKind kind) {
    return switch (kind) {
      case FREEZE -> List.of("", ":in", ":out");
      case REASON -> List.of(":0x87");
      case REFUSE -> List.of("", ":tcp");
      case BLACKOUT, DELAY -> List.of(":" + PAUSE_MILLIS + "ms");
      case THROTTLE -> List.of(":200/s");
      case SLICE -> List.of(":2:10ms");
      default -> List.of("");
    };
  }

  /** Sees CONNACK 0x88 and the end. */
  static void refused(WireEnd client) throws IOException {
    assertThat(client.take(5)).isEqualTo(hex("2003008800"));
    assertThat(client.end()).isEqualTo(How.FIN);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private boolean hasPacket() {
    return fault.moment().hasPacket();
  }

  private boolean isInPlace() {
    return hasPacket() && FaultRules.isInPlace(effect, step.packet().type());
  }

  /** The end of the connection takes the place of DISCONNECT. */
  private boolean isSwallowed() {
    return fault.moment() instanceof Moment.End
        && switch (effect.kind()) {
          case CLOSE, RESET, REASON, TAKEOVER -> true;
          case FREEZE -> !effect.text().equals("freeze:in");
          default -> false;
        };
  }

  void check() throws IOException {
    byte[] bytes = step.bytes();
    long before = System.nanoTime();
    sender.send(bytes);
    if (!isInPlace() && !isSwallowed() && !isBefore()) {
      assertThat(receiver.take(bytes.length)).isEqualTo(bytes);
    }
    switch (effect.kind()) {
      case CLOSE -> ends(How.FIN);
      case RESET -> ends(How.RST);
      case FREEZE -> frozen(((Effect.Freeze) effect).direction());
      case REASON -> reason(bytes);
      case TRUNCATE -> {
        int half = Math.max(1, bytes.length / 2);
        assertThat(receiver.take(half)).isEqualTo(Arrays.copyOf(bytes, half));
        ends(How.FIN);
      }
      case GARBAGE -> {
        assertThat(receiver.take(6)).isEqualTo(hex("00ffffffffff"));
        goesOn(at + 1);
      }
      case TAKEOVER -> takeover();
      case BLACKOUT -> slowed(before, PAUSE_MILLIS);
      case DELAY -> slowed(before, PAUSE_MILLIS);
      case THROTTLE -> slowed(before, 0);
      case SLICE -> slowed(before, 0);
      case DROP -> goesOn(at + 1);
      case DUPLICATE -> {
        assertThat(receiver.take(bytes.length)).isEqualTo(bytes);
        assertThat(receiver.take(bytes.length)).isEqualTo(bytes);
        goesOn(at + 1);
      }
      case CORRUPT -> corrupted(bytes);
      case REORDER -> reordered(bytes);
      default -> throw new AssertionError("no such effect at the proxy: " + effect);
    }
  }

  /** A blackout, a delay and the like at the end come before DISCONNECT. */
  private boolean isBefore() {
    return fault.moment() instanceof Moment.End
        && switch (effect.kind()) {
          case BLACKOUT, DELAY, THROTTLE, SLICE -> true;
          default -> false;
        };
  }

  private void ends(How how) throws IOException {
    assertThat(receiver.end()).isEqualTo(how);
    assertThat(sender.end()).isEqualTo(how);
  }

  /** Passes the rest of the dialogue on, and its end. */
  private void goesOn(int from) throws IOException {
    for (Step each : steps.subList(from, steps.size())) {
      ProxyStand.pass(client, broker, each);
    }
    client.fin();
    assertThat(broker.end()).isEqualTo(How.FIN);
    broker.fin();
    assertThat(client.end()).isEqualTo(How.FIN);
  }

  private void frozen(Direction direction) throws IOException {
    byte[] ping = hex("c000");
    byte[] pong = hex("d000");
    awaitTold();
    if (direction.covers(Direction.OUT)) {
      client.send(ping);
    } else {
      ProxyStand.pass(client, broker, ping);
    }
    if (direction.covers(Direction.IN)) {
      broker.send(pong);
    } else {
      ProxyStand.pass(broker, client, pong);
    }
    stand.another();
    client.expectSilence();
    broker.expectSilence();
  }

  private void awaitTold() {
    org.awaitility.Awaitility.await()
        .pollDelay(java.time.Duration.ZERO)
        .pollInterval(java.time.Duration.ofMillis(1))
        .until(() -> !stand.events().isEmpty());
  }

  private void reason(byte[] bytes) throws IOException {
    if (isInPlace()) {
      String id = HexFormat.of().formatHex(bytes, 2, 4);
      String expected =
          switch (step.packet().type()) {
            case CONNACK -> "2003008700";
            case PUBACK -> "4003" + id + "87";
            case PUBREC -> "5003" + id + "87";
            case PUBREL -> "6203" + id + "87";
            case PUBCOMP -> "7003" + id + "87";
            case SUBACK -> "9004" + id + "0087";
            case UNSUBACK -> "b004" + id + "0087";
            default -> throw new AssertionError(step.packet());
          };
      assertThat(receiver.take(expected.length() / 2)).isEqualTo(hex(expected));
      if (step.packet().type() == PacketType.CONNACK) {
        ends(How.FIN);
      } else {
        goesOn(at + 1);
      }
      return;
    }
    WireEnd told = hasPacket() || fault.moment() instanceof Moment.Bytes ? receiver : client;
    assertThat(told.take(3)).isEqualTo(hex("e00187"));
    ends(How.FIN);
  }

  private void takeover() throws IOException {
    try (WireEnd second = stand.broker()) {
      byte[] same = Dialogue.bytes(Dialogue.connect(Dialogue.CLIENT));
      byte[] first = second.take(2 + 6 + 1 + 1);
      int flags = first[9] & 0xFF;
      int flagsOfFirst = same[9] & 0xFF;
      assertThat(flags & 0x3C).as("no will").isZero();
      assertThat(flags & 0xC3).as("the rest").isEqualTo(flagsOfFirst & 0xC3);
      byte[] rest = second.take(first[1] - 8);
      assertThat(new String(rest)).contains(Dialogue.CLIENT).contains("user").contains("secret");
      second.send(hex("2003000000"));
      assertThat(second.take(2)).isEqualTo(hex("e000"));
      assertThat(second.end()).isEqualTo(How.FIN);
    }
    goesOn(at + 1);
  }

  /** The next packets are slow in both directions; what was sent meanwhile comes in order. */
  private void slowed(long before, long least) throws IOException {
    if (isBefore()) {
      assertThat(receiver.take(step.bytes().length)).isEqualTo(step.bytes());
    } else {
      awaitTold();
      byte[] out = hex("4002000a40020014400200284002003c"); // PUBACK four times
      byte[] in = hex("4002000b40020015400200294002003d");
      if (effect.kind() != EffectKind.BLACKOUT) {
        before = System.nanoTime();
      }
      client.send(out);
      broker.send(in);
      assertThat(broker.take(out.length)).isEqualTo(out);
      assertThat(client.take(in.length)).isEqualTo(in);
      least = Math.max(least, 16 * 1000 / 200 * (effect.kind() == EffectKind.THROTTLE ? 1 : 0));
      least = Math.max(least, 7 * 10 * (effect.kind() == EffectKind.SLICE ? 1 : 0));
    }
    long took = (System.nanoTime() - before) / 1_000_000;
    assertThat(took).isGreaterThanOrEqualTo(least - 1);
    client.fin();
    assertThat(broker.end()).isEqualTo(How.FIN);
    broker.fin();
    assertThat(client.end()).isEqualTo(How.FIN);
  }

  private void corrupted(byte[] bytes) throws IOException {
    byte[] came = receiver.take(bytes.length);
    if (bytes.length == 2) {
      assertThat(came).isEqualTo(bytes);
    } else {
      assertThat(Arrays.copyOf(came, 2)).isEqualTo(Arrays.copyOf(bytes, 2));
      int flipped = 0;
      for (int i = 0; i < bytes.length; i++) {
        flipped += Integer.bitCount((came[i] ^ bytes[i]) & 0xFF);
      }
      assertThat(flipped).isEqualTo(1);
    }
    goesOn(at + 1);
  }

  private void reordered(byte[] bytes) throws IOException {
    byte[] ping = step.isOut() ? hex("c000") : hex("d000");
    sender.send(ping);
    assertThat(receiver.take(2)).isEqualTo(ping);
    assertThat(receiver.take(bytes.length)).isEqualTo(bytes);
    goesOn(at + 1);
  }
}
