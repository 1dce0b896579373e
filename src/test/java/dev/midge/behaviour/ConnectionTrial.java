package dev.midge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.ClientEvents;
import dev.midge.client.ClientFaults;
import dev.midge.client.ConnectSpec;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import dev.midge.client.MessageListener;
import dev.midge.client.job.Engines;
import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultSide;
import dev.midge.fault.Moment;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.net.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The behaviour that each way to a broker has in common. */
final class ConnectionTrial {
  /** The mini broker takes packets of 2,000,000 bytes. */
  private static final int[] SIZES = {0, 1, 100, 125, 126, 16_383, 65_535, 65_536, 1_990_000};

  private ConnectionTrial() {}

  /** Messages of many sizes come back as they were sent. */
  static void carriesMessages(Endpoint endpoint) throws Exception {
    Inbox inbox = new Inbox();
    try (Connection link =
        Engines.open(spec(endpoint, "there-and-back", null, null), silent(), inbox)) {
      ConnectionFailures.result(
          link.subscribe(List.of(Subscription.of("t", Qos.AT_LEAST_ONCE)), Properties.NONE));
      for (int size : SIZES) {
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        assertThat(
                link.publish(Message.of("t", payload, Qos.AT_LEAST_ONCE, false)).get().reasonCode())
            .isZero();
        assertThat(inbox.next()).as("%s bytes", size).isEqualTo(payload);
      }
      link.end(0, Properties.NONE);
    }
  }

  /**
   * A client whose connection is cut or closed without DISCONNECT leaves its will; one that sends
   * DISCONNECT does not.
   *
   * @param watched where the will is seen
   */
  static void leavesAWill(Endpoint endpoint, Endpoint watched) throws Exception {
    Inbox inbox = new Inbox();
    try (Connection watcher = Engines.open(spec(watched, "watcher", null, null), silent(), inbox)) {
      ConnectionFailures.result(
          watcher.subscribe(
              List.of(Subscription.of("will/#", Qos.AT_LEAST_ONCE)), Properties.NONE));
      for (Effect effect : new Effect[] {Effect.CLOSE, Effect.RESET}) {
        Fault fault = new Fault(effect, new Moment.Packets(PacketType.PUBLISH, Direction.OUT, 2));
        try (Connection link =
            Engines.open(spec(endpoint, "victim", effect.text(), fault), silent(), inbox)) {
          link.publish(Message.empty("other"));
          try {
            link.publish(Message.empty("other"));
          } catch (CancellationException struck) {
            // It may be told here already.
          }
          assertThat(link.struck().get(30, TimeUnit.SECONDS)).isEqualTo(fault);
        }
        assertThat(new String(inbox.next(), StandardCharsets.UTF_8)).isEqualTo(effect.text());
      }
      try (Connection link =
          Engines.open(spec(endpoint, "victim", "polite", null), silent(), inbox)) {
        link.end(0, Properties.NONE);
      }
      try (Connection link =
          Engines.open(spec(endpoint, "victim", "rude", null), silent(), inbox)) {
        link.inject(Effect.RESET);
      }
      assertThat(new String(inbox.next(), StandardCharsets.UTF_8)).isEqualTo("rude");
      watcher.end(0, Properties.NONE);
    }
  }

  private static ClientEvents silent() {
    return ClientEvents.NONE;
  }

  private static ClientFaults planned(Fault fault) {
    FaultPlan plan = new FaultPlan(FaultSide.CLIENT, 0, event -> {});
    plan.add(fault);
    return new ClientFaults(plan, "", false, null);
  }

  private static ConnectSpec spec(Endpoint endpoint, String id, String will, Fault fault) {
    byte[] payload = will == null ? null : will.getBytes(StandardCharsets.UTF_8);
    return new ConnectSpec(
        endpoint,
        ProtocolVersion.V5,
        id,
        true,
        60,
        null,
        null,
        will == null ? null : new Will(Message.of("will/" + id, payload, Qos.AT_LEAST_ONCE, false)),
        Properties.NONE,
        20,
        fault == null ? null : planned(fault));
  }

  private static final class Inbox implements MessageListener {
    private final BlockingQueue<byte[]> payloads = new LinkedBlockingQueue<>();

    byte[] next() throws InterruptedException {
      return payloads.poll(30, TimeUnit.SECONDS);
    }

    @Override
    public void received(ReceivedMessage message) {
      payloads.add(message.message().payload());
    }

    @Override
    public void lost(ConnectionFailure failure) {
      payloads.add(("lost: " + failure).getBytes(StandardCharsets.UTF_8));
    }
  }
}
