package dev.midge.broker.embedded;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.Inspector;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.access.AccessRules;
import dev.midge.broker.access.Passwords;
import dev.midge.broker.access.Security;
import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.PersistenceSpec;
import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.fault.FaultSide;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.net.tls.make.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A broker that a test starts, looks into, disturbs and closes. Its methods are for any thread; it
 * listens on the loopback addresses only.
 *
 * @param <B> the broker itself
 */
public abstract class TestBroker<B extends TestBroker<B>> extends BrokerScripts<B>
    implements AutoCloseable {
  private final BrokerFiles files = new BrokerFiles();
  private final Object life = new Object(); // held by those who start or stop it
  private volatile @Nullable Broker broker;
  private @Nullable FaultPlan plan;
  private final AtomicLong passed = new AtomicLong(); // nanoseconds of driven time
  private boolean hasRun; // since it was made or closed
  private volatile int port; // of the broker that runs, or has run

  /** Makes one that has not started; for subclasses. */
  protected TestBroker() {}

  /**
   * Starts the broker; it is listening when this returns. One that has started already stays as it
   * is.
   *
   * @throws UncheckedIOException when its port is taken
   */
  public B start() {
    if (!script.calls().isCaller()) {
      synchronized (life) {
        uninterrupted(this::startNow);
      }
    }
    return self();
  }

  /** Does what an interrupt would end, as work with files, and keeps the interrupt for later. */
  private static void uninterrupted(Runnable work) {
    boolean interrupted = Thread.interrupted();
    try {
      work.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void startNow() {
    if (broker != null) {
      return;
    }
    started = true;
    FaultPlan present = plan;
    if (present == null) {
      present = new FaultPlan(FaultSide.BROKER, 0, event -> {});
      faults.forEach(present::add);
      plan = present;
    }
    files.open();
    recorder.starting();
    try {
      Broker running = Broker.start(config(present));
      hasRun = true;
      port = running.port();
      broker = running;
    } catch (IOException e) {
      throw new UncheckedIOException("the broker cannot start: " + e.getMessage(), e);
    } finally {
      if (!hasRun) {
        files.delete(); // nobody may hold a broker that could be closed
      }
    }
  }

  private BrokerConfig config(FaultPlan present) throws IOException {
    // Between two lives the system may give a free port to anybody.
    int port = hasRun ? this.port : wantedPort;
    ListenerSpec listener = webSocket ? ListenerSpec.webSocket(port) : ListenerSpec.tcp(port);
    if (tls) {
      listener = listener.withTls(files.tls(requireCertificate));
    }
    BrokerSettings whole = settings;
    if (persistent) {
      Path file = files.path("sessions.db");
      whole = whole.withPersistence(new PersistenceSpec(file, 0, false));
    }
    BrokerConfig config =
        new BrokerConfig(
                List.of(), recorder::log, true, limits, List.of(listener.withSecurity(security())))
            .withFaults(present)
            .withSettings(whole)
            .withWatcher(recorder);
    return drivenTime ? config.withDrivenTime(Duration.ofNanos(passed.get())) : config;
  }

  private Security security() throws IOException {
    return new Security(
        anonymous,
        users.isEmpty() ? null : Passwords.of(users),
        accessRules.isEmpty() ? null : AccessRules.read(files.access(accessRules)));
  }

  /**
   * Returns the broker; waits while another thread starts or stops it. In a function it does not
   * wait for one that stops it, which waits for the function.
   */
  private Broker running() {
    Broker present = broker;
    if (present == null || !script.calls().isCaller()) {
      synchronized (life) {
        present = broker;
      }
    }
    if (present == null) {
      throw new IllegalStateException("the broker is not running");
    }
    return present;
  }

  @Override
  final Inspector inspector() {
    return running().inspector();
  }

  @Override
  final void plan(Fault fault) {
    running().faults().add(fault);
  }

  /**
   * Returns the port that the broker listens on, or has listened on last; the one it was set up
   * with before it starts, 0 for a free one.
   */
  public int port() {
    return port == 0 ? wantedPort : port;
  }

  /**
   * Returns the address for clients: {@code mqtt://localhost:PORT}, or {@code mqtts}, {@code ws},
   * {@code wss} as the broker was set up.
   */
  public URI uri() {
    running();
    String scheme = webSocket ? (tls ? "wss" : "ws") : tls ? "mqtts" : "mqtt";
    return URI.create(scheme + "://localhost:" + port);
  }

  /**
   * Returns the address in the form of Eclipse Paho: {@code tcp://localhost:PORT}, or {@code ssl},
   * {@code ws}, {@code wss}.
   */
  public String serverUri() {
    running();
    return (webSocket ? (tls ? "wss" : "ws") : tls ? "ssl" : "tcp") + "://localhost:" + port;
  }

  /**
   * Returns a TLS context for clients, which trusts the broker's certificate alone.
   *
   * <pre>{@code options.setSocketFactory(broker.sslContext().getSocketFactory())}</pre>
   *
   * @throws IllegalStateException when the broker is not set up for TLS
   */
  public SSLContext sslContext() {
    return ClientContexts.of(authority(), null);
  }

  /**
   * Returns a TLS context for a client that shows a certificate of its own.
   *
   * @param commonName of the certificate's subject
   * @throws IllegalStateException when the broker is not set up for TLS
   */
  public SSLContext sslContext(String commonName) {
    return ClientContexts.of(authority(), authority().client(commonName));
  }

  private TestAuthority authority() {
    if (!tls) {
      throw new IllegalStateException("the broker speaks no TLS: tls() sets it up");
    }
    return files.authority();
  }

  /**
   * Returns a PEM file with the certificate of the broker's authority; gone after close.
   *
   * @throws IllegalStateException when the broker is closed, or not set up for TLS
   */
  public Path caFile() {
    authority();
    try {
      return files.authorityFile();
    } catch (IOException e) {
      throw new UncheckedIOException("the certificate cannot be written", e);
    }
  }

  /**
   * Does something abrupt to a client's connection now: {@link Effect#CLOSE}, {@link Effect#RESET},
   * {@link Effect#FREEZE}, a {@link Effect.Reason} or a {@link Effect.Blackout}.
   *
   * <pre>{@code broker.kick("dev-1", Effect.RESET)}</pre>
   *
   * @return false if no such client is connected
   * @throws IllegalArgumentException when the effect is none for a connection as a whole
   */
  public boolean kick(String clientId, Effect effect) {
    return running().inject(clientId, effect).join();
  }

  /**
   * Has all connections carry nothing for so long, by the real time. New ones are accepted by the
   * system, and carry nothing until the same moment.
   *
   * <pre>{@code broker.blackout(Duration.ofSeconds(2))}</pre>
   */
  public B blackout(Duration time) {
    running().blackout(time).join();
    return self();
  }

  /** Clears all faults, those of the setup included. Scripts stay; see {@link #clearScripts}. */
  public B clearFaults() {
    FaultPlan present = running().faults();
    present.faults().forEach(fault -> present.clear(fault.number()));
    return self();
  }

  /** Resets each new connection before anything is read, until {@link #clearFaults}. */
  public B refuseConnections() {
    return fault("refuse:tcp@connack");
  }

  /** Accepts no connection: new ones wait in the system's queue until {@link #resume}. */
  public B pause() {
    inspector().pause().join();
    return self();
  }

  /** Accepts connections again, those first that have waited. */
  public B resume() {
    inspector().resume().join();
    return self();
  }

  /**
   * Publishes a message of the test's own, in QoS 0.
   *
   * <pre>{@code broker.publish("cmd/dev-1", "reboot")}</pre>
   *
   * @return false if nobody has subscribed to its topic
   */
  public boolean publish(String topic, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return publish(Message.of(topic, bytes, Qos.AT_MOST_ONCE, false));
  }

  /**
   * Publishes a message of the test's own.
   *
   * @return false if nobody has subscribed to its topic
   */
  public boolean publish(Message message) {
    return inspector().publish(message).join();
  }

  /**
   * Lets time pass at once, in a broker with {@code drivenTime()}: all that is due happens in
   * order, each at its own time. The clients' own clocks go on as ever, so that a client sends no
   * PINGREQ meanwhile.
   *
   * <pre>{@code broker.advance(Duration.ofHours(1))}</pre>
   *
   * @throws IllegalArgumentException when that would be more than 146 years since the start
   */
  public B advance(Duration time) {
    running().advance(time);
    passed.addAndGet(time.toNanos());
    return self();
  }

  /**
   * Stops the broker and starts it again on the same port: all connections end. Sessions and
   * retained messages are kept after {@code persistent()} only. One that does not run is started.
   *
   * @throws IllegalStateException in a scripted function, or when one does not return; the port is
   *     free then
   */
  public B restart() {
    script.calls().refuse("restart the broker");
    synchronized (life) {
      stop();
      uninterrupted(this::startNow);
    }
    return self();
  }

  private void stop() {
    Broker present = broker;
    if (present == null) {
      return;
    }
    try {
      present.close();
    } finally {
      broker = null;
    }
  }

  /**
   * Stops the broker, and deletes its files. A second call does nothing. One that starts again is a
   * new one, as it was set up: with another free port, the faults of the setup, and no time passed;
   * scripts stay.
   *
   * @throws AssertionError when a scripted function has thrown something that the test has not
   *     heard of
   * @throws IllegalStateException in a scripted function, or when one does not return; the port is
   *     free then
   */
  @Override
  public void close() {
    script.calls().refuse("close the broker");
    synchronized (life) {
      try {
        stop();
      } finally {
        files.close();
        recorder.closed();
        hasRun = false;
        plan = null;
        passed.set(0);
      }
    }
    checkScripts();
  }
}
