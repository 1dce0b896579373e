package dev.midge.broker.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.Peer;
import dev.midge.broker.fault.BrokerFaults;
import dev.midge.broker.fault.GateState;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Ping;
import dev.midge.text.LateText;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectionOutputTest {
  /** Takes all that it is given, like TLS, and gives it to its socket when that has room. */
  private static final class Layer implements ChannelLayer {
    boolean socketHasRoom;
    long taken;
    long unsent;

    @Override
    public int read(ByteBuffer into) {
      return 0;
    }

    @Override
    public boolean hasMore() {
      return false;
    }

    @Override
    public long taken() {
      return 0;
    }

    @Override
    public @Nullable Runnable takeWork() {
      return null;
    }

    @Override
    public void workDone() {}

    @Override
    public long write(ByteBuffer[] from) {
      long count = 0;
      for (ByteBuffer each : from) {
        count += each.remaining();
        each.position(each.limit());
      }
      taken += count;
      unsent += count;
      return count;
    }

    @Override
    public void flush() {
      if (socketHasRoom) {
        unsent = 0;
      }
    }

    @Override
    public boolean wantsFlush() {
      return unsent > 0;
    }

    @Override
    public void end() {}

    @Override
    public @Nullable TlsFacts tls() {
      return null;
    }
  }

  @Test
  void whatALayerHasTakenIsSentThoughPacketsBehindItAreHeldBack() throws Exception {
    BrokerObserver observer = new BrokerObserver() {};
    FaultPlan plan = new FaultPlan(FaultSide.BROKER, 0, event -> {});
    plan.add(FaultParser.parse("blackout:1h@connack", FaultSide.BROKER));
    SelectorLoop loop = new SelectorLoop(observer, Runnable::run, LoopClock.driven(0));
    Pipe pipe = Pipe.open();
    try {
      pipe.source().configureBlocking(false);
      SelectionKey key = loop.register(pipe.source(), 0);
      BrokerFaults faults = new BrokerFaults(plan, observer, loop.socketTimers, loop::socketNow);
      LateText address = new LateText(() -> "a client");
      GateState state = faults.open(address);
      Layer layer = new Layer();
      ListenerSettings listener = ListenerSettings.open("0", Limits.DEFAULT);
      ConnectionOutput output =
          new ConnectionOutput(loop, key, layer, address, 0, listener, state.outFlow());
      Peer peer = faults.outGate(state, output);

      peer.send(new Connack(false, 0, Properties.NONE), ProtocolVersion.V5);
      long connack = output.added();
      peer.send(Ping.RESPONSE, ProtocolVersion.V5);
      output.flush();
      assertThat(layer.taken).isEqualTo(connack);
      assertThat(output.isHeld()).isTrue(); // until all of CONNACK is sent, and the fault is due
      assertThat(output.wantsRoom()).isTrue();

      layer.socketHasRoom = true;
      output.flush();
      assertThat(output.isHeld()).isTrue();
      assertThat(output.wantsRoom()).isFalse();
    } finally {
      pipe.source().close();
      pipe.sink().close();
      loop.close();
    }
  }
}
