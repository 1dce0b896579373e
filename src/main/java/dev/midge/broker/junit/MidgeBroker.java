package dev.midge.broker.junit;

import dev.midge.broker.embedded.TestBroker;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A broker for the tests of a class. In a static field it starts before the first test and is
 * closed after the last; in an instance field each test has a broker of its own. When a test fails,
 * the broker's log of that test is printed on standard error.
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
 * <p>A test or a constructor may also have a parameter of this type: it gets the broker of the
 * field, or, with {@link Config}, one of its own.
 */
public final class MidgeBroker extends TestBroker<MidgeBroker>
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver {

  /**
   * Makes a broker for a test class, or for a test method, whose tests get it as a parameter.
   *
   * <pre>{@code
   * @Test
   * @MidgeBroker.Config(users = "dev-1:secret", faults = "reset@publish-in:2")
   * void reconnects(MidgeBroker broker) { ... }
   * }</pre>
   */
  @Documented
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

  private boolean startedForClass;
  private int logged; // lines before the present test

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
    startedForClass = true;
    start();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    start();
    logged = log().size();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (context.getExecutionException().isPresent() || !failures().isEmpty()) {
      FailedTestLog.print(context.getDisplayName(), log(), logged);
    }
    if (!startedForClass) {
      close();
    }
    checkScripts();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == MidgeBroker.class
        && !ConfiguredBrokers.isConfigured(context);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return start();
  }

  /**
   * Gives tests the brokers of {@link Config}: one for each class or method that has the
   * annotation.
   */
  static final class ConfiguredBrokers
      implements BeforeAllCallback,
          BeforeEachCallback,
          AfterEachCallback,
          AfterAllCallback,
          ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ConfiguredBrokers.class);

    ConfiguredBrokers() {}

    /** Tells whether the test or its class has the annotation. */
    static boolean isConfigured(ExtensionContext context) {
      return config(context.getTestMethod()) != null || config(context.getTestClass()) != null;
    }

    private static MidgeBroker.@Nullable Config config(
        Optional<? extends AnnotatedElement> annotated) {
      return annotated.map(each -> each.getAnnotation(Config.class)).orElse(null);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
      Config config = config(context.getTestClass());
      if (config != null) {
        MidgeBroker broker = broker(config);
        context.getStore(NAMESPACE).put(context.getUniqueId(), broker);
        broker.beforeAll(context);
      }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
      Config config = config(context.getTestMethod());
      if (config != null) {
        context.getStore(NAMESPACE).put(context.getUniqueId(), broker(config));
      }
      MidgeBroker broker = find(context);
      if (broker != null) {
        broker.beforeEach(context);
      }
    }

    @Override
    public void afterEach(ExtensionContext context) {
      MidgeBroker broker = find(context);
      if (broker != null) {
        broker.afterEach(context);
      }
    }

    @Override
    public void afterAll(ExtensionContext context) {
      MidgeBroker broker = find(context);
      if (broker != null) {
        broker.afterAll(context);
      }
    }

    /** Returns the broker of the method, or else that of the nearest class around it. */
    private static @Nullable MidgeBroker find(ExtensionContext context) {
      for (ExtensionContext each = context; each != null; each = each.getParent().orElse(null)) {
        Object stored = context.getStore(NAMESPACE).get(each.getUniqueId());
        if (stored != null) {
          return (MidgeBroker) stored;
        }
      }
      return null;
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
      return parameter.getParameter().getType() == MidgeBroker.class && isConfigured(context);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      MidgeBroker broker = find(context);
      if (broker == null) {
        throw new IllegalStateException(
            "a constructor gets the broker of its class only: put the Config there");
      }
      return broker.start();
    }
  }
}
