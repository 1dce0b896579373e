package dev.midge.client.paho;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailure.Kind;
import dev.midge.client.Engine;
import dev.midge.client.MessageListener;
import dev.midge.client.io.MessageReceiver;
import dev.midge.client.io.PacketReader;
import dev.midge.client.io.PacketWriter;
import dev.midge.client.state.ClientSession;
import dev.midge.fault.channel.FaultyChannel;
import dev.midge.mqtt.packet.Connack;
import dev.midge.testing.Specs;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;

/** Says why a connection ends of which Paho only says that it does. */
class PahoStateTest {

  private final List<ConnectionFailure> failures = new ArrayList<>();
  private final PahoState state = state();

  private PahoState state() {
    ConnectSpec spec = Specs.to(1).spec();
    ClientSession session = ClientSession.ofOneConnection();
    PacketWriter writer = new PacketWriter(spec, ClientEvents.NONE);
    return new PahoState(
        spec,
        new FaultyChannel(spec.endpoint()),
        writer,
        new PacketReader(spec.version(), ClientEvents.NONE, 16),
        new MessageReceiver(spec, MessageListener.IGNORE, writer, session.receipts()),
        session.inflight(),
        new Failures());
  }

  @Test
  void aThreadOfPahosThatDiesOfMemoryIsNoLostConnection() {
    state.died(new OutOfMemoryError());

    assertThat(failures).singleElement().extracting(ConnectionFailure::kind).isEqualTo(Kind.MEMORY);
  }

  @Test
  void memoryIsTheReasonWhereverPahoHidesIt() {
    PahoThreads threads = new PahoThreads(death -> {}, () -> {}, () -> true);
    state.failUnlessExplained(threads, new MqttException(new OutOfMemoryError()));
    threads.shutdownNow();

    assertThat(failures).singleElement().extracting(ConnectionFailure::kind).isEqualTo(Kind.MEMORY);
  }

  @Test
  void aThreadOfPahosThatDiesOfAnythingElseIsALostConnection() {
    state.died(new IllegalArgumentException("Invalid UTF-8 char: [0001]"));

    assertThat(failures).singleElement().extracting(ConnectionFailure::kind).isEqualTo(Kind.LOST);
  }

  private final class Failures implements Engine.Events {

    @Override
    public void failed(ConnectionFailure failure) {
      failures.add(failure);
    }

    @Override
    public void reached() {}

    @Override
    public void connected(Connack connack) {}

    @Override
    public void quiet() {}
  }
}
