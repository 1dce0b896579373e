package dev.midge.broker.junit;

import dev.midge.broker.embedded.TestBroker;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A broker for the tests of a class. In a static field it starts before the first test and is
 * closed after the last, those of nested classes included; in an instance field each test has a
 * broker of its own. A class with {@code @TestInstance(PER_CLASS)} has one instance, and so all its
 * tests have one broker in either field; {@link #forget} before each test keeps what they see
 * apart. When a test fails, the broker's log of that test is printed on standard error.
 *
 * <pre>{@code
 * class StatusTest {
 *   @RegisterExtension
 *   static final MidgeBroker broker = MidgeBroker.create();
 *
 *   @Test
 *   void aDeviceThatDiesIsOffline() {
 *     Device device = new Device("dev-1", broker.uri());
 *     broker.awaitConnected("dev-1", Duration.ofSeconds(2));
 *     broker.kick("dev-1", Effect.RESET);
 *     SeenMessage status = broker.messages("status/dev-1").awaitOne(Duration.ofSeconds(2));
 *     assertEquals("offline", status.text());
 *   }
 * }
 * }</pre>
 *
 * <p>A test may also have a parameter of this type: it gets the broker of the field, or, where the
 * test or a class around it has a {@link Config}, the broker of the nearest one. So may a
 * constructor, if the field is static or its class has a {@code Config}: JUnit knows an instance
 * field only after the constructor.
 */
public final class MidgeBroker extends TestBroker<MidgeBroker>
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {

  /**
   * Makes a broker for a test class, its nested classes and its subclasses, or for a test method:
   * tests get it as a parameter. The one of a class is closed after the last test of that class;
   * each subclass has its own.
   *
   * <pre>{@code
   * @Test
   * @MidgeBroker.Config(users = "dev-1:secret", faults = "reset@publish-in:2")
   * void reconnects(MidgeBroker broker) { ... }
   * }</pre>
   */
  @Documented
  @Inherited
  @ExtendWith(ConfiguredBrokers.class)
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD})
  public @interface Config {
    /** Returns the port; 0 for a free one. */
    int port() default 0;

    /** Tells whether the broker speaks TLS. */
    boolean tls() default false;

    /** Tells whether the broker speaks MQTT in WebSocket. */
    boolean webSocket() default false;

    /** Tells whether the time of MQTT's rules stands still until {@code advance()}. */
    boolean drivenTime() default false;

    /** Tells whether sessions and retained messages outlive {@code restart()}. */
    boolean persistent() default false;

    /** Returns users, each as {@code NAME:PASSWORD}; with them, others are refused. */
    String[] users() default {};

    /** Returns lines of an access file of mosquitto's. */
    String[] access() default {};

    /** Returns faults, in the words of {@code midge broker --fault}. */
    String[] faults() default {};
  }

  /**
   * Contexts of classes that use it: its own, and those of nested classes and subclasses. Its lock
   * is held while it starts for a class or closes behind one: subclasses may run in parallel.
   */
  private final Set<String> classes = ConcurrentHashMap.newKeySet();

  /** The count of lines logged before each class and test that runs, which may be in parallel. */
  private final Map<String, Long> logged = new ConcurrentHashMap<>();

  private MidgeBroker() {}

  /** Makes one; it would listen on a free port, for everybody. */
  public static MidgeBroker create() {
    return new MidgeBroker();
  }

  @Override
  protected MidgeBroker self() {
    return this;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    synchronized (classes) {
      classes.add(context.getUniqueId());
      start();
      logged.put(context.getUniqueId(), logCount());
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    start();
    logged.put(context.getUniqueId(), logCount());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    printLogIf(context.getExecutionException().isPresent() || !failures().isEmpty(), context);
    if (classes.isEmpty()) {
      close();
    }
    checkScripts();
  }

  private void printLogIf(boolean failed, ExtensionContext context) {
    Long before = logged.remove(context.getUniqueId());
    if (before != null && failed) {
      FailedTestLog.print(context.getDisplayName(), logSince(before));
    }
  }

  /** Closes the broker behind the last class; those of nested classes come before. */
  @Override
  public void afterAll(ExtensionContext context) {
    printLogIf(context.getExecutionException().isPresent(), context); // of its @BeforeAll
    synchronized (classes) {
      classes.remove(context.getUniqueId());
      if (classes.isEmpty()) {
        close();
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == MidgeBroker.class
        && !ConfiguredBrokers.isFor(context);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return start();
  }

  /**
   * Gives tests the brokers of {@link Config}: that of the method, or else that of the nearest
   * class around it.
   */
  static final class ConfiguredBrokers
      implements BeforeAllCallback,
          BeforeEachCallback,
          AfterEachCallback,
          AfterAllCallback,
          ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ConfiguredBrokers.class);

    ConfiguredBrokers() {}

    /** Tells whether there is a {@link Config} for a test or a class. */
    static boolean isFor(ExtensionContext context) {
      return Nearest.of(context, Config.class).isPresent();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
      find(context).ifPresent(broker -> broker.beforeAll(context));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
      find(context).ifPresent(broker -> broker.beforeEach(context));
    }

    @Override
    public void afterEach(ExtensionContext context) {
      find(context).ifPresent(broker -> broker.afterEach(context));
    }

    @Override
    public void afterAll(ExtensionContext context) {
      find(context).ifPresent(broker -> broker.afterAll(context));
    }

    /** Returns the broker for a test or a class; it is made at the first call. */
    private static Optional<MidgeBroker> find(ExtensionContext context) {
      return Nearest.of(context, Config.class).map(ConfiguredBrokers::kept);
    }

    private static MidgeBroker kept(Nearest<Config> config) {
      String key = config.context().getUniqueId();
      Store store = config.context().getStore(NAMESPACE);
      MidgeBroker broker = store.get(key, MidgeBroker.class);
      if (broker == null) {
        broker = broker(config.annotation());
        store.put(key, broker);
      }
      return broker;
    }

    private static MidgeBroker broker(Config config) {
      MidgeBroker broker = MidgeBroker.create().port(config.port()).access(config.access());
      for (String user : config.users()) {
        int colon = user.indexOf(':');
        if (colon < 1) {
          throw new IllegalArgumentException("users: NAME:PASSWORD is expected");
        }
        broker.user(user.substring(0, colon), user.substring(colon + 1));
      }
      for (String fault : config.faults()) {
        broker.fault(fault);
      }
      if (config.tls()) {
        broker.tls();
      }
      if (config.webSocket()) {
        broker.webSocket();
      }
      if (config.drivenTime()) {
        broker.drivenTime();
      }
      if (config.persistent()) {
        broker.persistent();
      }
      return broker;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == MidgeBroker.class && isFor(context);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return find(context).orElseThrow().start();
    }
  }
}
