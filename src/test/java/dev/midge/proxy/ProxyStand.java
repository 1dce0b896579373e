package dev.midge.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.midge.fault.Direction;
import dev.midge.fault.FaultParser;
import dev.midge.fault.FaultSide;
import dev.midge.fault.FaultSyntaxException;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.net.Endpoint;
import dev.midge.proxy.event.ProxyListener;
import dev.midge.testing.WireEnd;
import dev.midge.testing.WireEnd.How;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy between a client and a broker that the test plays itself, byte by byte. */
final class ProxyStand implements AutoCloseable {
  private final ServerSocket listening;
  private final List<FaultEvent> events = new CopyOnWriteArrayList<>();
  private final Proxy proxy;

  private ProxyStand(ProxyListener listener, long seed, String... faults) throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    listening.setSoTimeout(30_000);
    FaultPlan plan = new FaultPlan(FaultSide.PROXY, seed, events::add);
    for (String fault : faults) {
      try {
        plan.add(FaultParser.parse(fault, FaultSide.PROXY));
      } catch (FaultSyntaxException e) {
        throw new AssertionError(e);
      }
    }
    Endpoint broker = new Endpoint("127.0.0.1", listening.getLocalPort(), null);
    proxy = Proxy.start(new ProxyConfig(0, null, List.of(broker), plan, listener));
  }

  static ProxyStand with(String... faults) throws IOException {
    return new ProxyStand(ProxyListener.NONE, 1, faults);
  }

  static ProxyStand heardBy(ProxyListener listener, String... faults) throws IOException {
    return new ProxyStand(listener, 1, faults);
  }

  static ProxyStand seeded(long seed, String... faults) throws IOException {
    return new ProxyStand(ProxyListener.NONE, seed, faults);
  }

  Proxy proxy() {
    return proxy;
  }

  List<FaultEvent> events() {
    return events;
  }

  WireEnd client() throws IOException {
    return WireEnd.connect(proxy.port());
  }

  /** Takes the proxy's next connection to the broker. */
  WireEnd broker() throws IOException {
    return new WireEnd(listening.accept());
  }

  /** Fails if the proxy has connected to the broker. */
  void expectNoBroker() throws IOException {
    listening.setSoTimeout(1);
    try (var surprise = listening.accept()) {
      throw new AssertionError("the broker has got a connection: " + surprise);
    } catch (java.net.SocketTimeoutException none) {
      listening.setSoTimeout(30_000);
    }
  }

  /** Sends one packet through, and fails unless it arrives as it is. */
  static void pass(WireEnd from, WireEnd to, byte[] bytes) throws IOException {
    from.send(bytes);
    assertThat(to.take(bytes.length)).isEqualTo(bytes);
  }

  static void pass(WireEnd client, WireEnd broker, Dialogue.Step step) throws IOException {
    if (step.direction() == Direction.OUT) {
      pass(client, broker, step.bytes());
    } else {
      pass(broker, client, step.bytes());
    }
  }

  /** Connects with the first packets of the dialogue. */
  static void connect(WireEnd client, WireEnd broker) throws IOException {
    for (Dialogue.Step step : Dialogue.steps(false).subList(0, 2)) {
      pass(client, broker, step);
    }
  }

  /** Has the client end, and then the broker behind a last packet: nothing of them is left. */
  void endBoth(WireEnd client, WireEnd broker, byte[] last) throws Exception {
    client.fin();
    assertThat(broker.end()).isEqualTo(How.FIN);
    pass(broker, client, last);
    broker.fin();
    assertThat(client.end()).isEqualTo(How.FIN);
    await().until(() -> proxy.connections().isEmpty());
  }

  /** Has another client and the broker talk, through the proxy: it has had the time to act. */
  void another() throws IOException {
    try (WireEnd client = client();
        WireEnd broker = broker()) {
      for (Dialogue.Step step : Dialogue.steps(false).subList(1, 6)) {
        pass(client, broker, step);
      }
    }
  }

  @Override
  public void close() throws IOException {
    proxy.close();
    listening.close();
  }
}
