package dev.midge.broker.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NestedBrokersTest {

  @Nested
  class OfAStaticField {
    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension static final MidgeBroker broker = MidgeBroker.create();
    private static RawClient client;

    @BeforeAll
    static void connect() throws IOException {
      client = RawClient.connected(broker.port(), ProtocolVersion.V5, "all");
      broker.awaitConnected("all", SOON);
    }

    @AfterAll
    static void theBrokerHasRunToTheEnd() throws IOException {
      check(broker);
      client.close();
    }

    private static void check(MidgeBroker given) {
      assertThat(given).isSameAs(broker);
      assertThat(broker.session("all")).as("the session of the client of all tests").isPresent();
      assertThat(broker.ends("all")).isEmpty();
    }

    @Test
    void aTestOfTheClassItselfHasIt(MidgeBroker given) {
      check(given);
    }

    @Nested
    class First {
      @Test
      void hasIt(MidgeBroker given) {
        check(given);
      }
    }

    @Nested
    class Second {
      @Test
      void hasTheSame(MidgeBroker given) {
        check(given);
      }

      @Nested
      class Deeper {
        @Test
        void hasTheSame(MidgeBroker given) {
          check(given);
        }
      }
    }
  }

  @Nested
  @MidgeBroker.Config(tls = true)
  class OfAConfig {
    private static MidgeBroker first;

    private static void check(MidgeBroker given) {
      assertThat(given.uri().getScheme()).isEqualTo("mqtts");
      assertThat(given).isIn(first == null ? given : first);
      first = given;
    }

    @Test
    void aTestOfTheClassItselfHasIt(MidgeBroker given) {
      check(given);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void eachRepetitionHasIt(int number, MidgeBroker given) {
      assertThat(number).isPositive();
      check(given);
    }

    @Nested
    class Inner {
      private final MidgeBroker ofConstructor;

      Inner(MidgeBroker given) {
        ofConstructor = given;
      }

      @Test
      void hasIt(MidgeBroker given) {
        check(given);
        assertThat(ofConstructor).isSameAs(given);
      }
    }

    @Nested
    class Next {
      @Test
      void hasTheSame(MidgeBroker given) {
        check(given);
      }

      @Test
      @MidgeBroker.Config(webSocket = true)
      void aMethodHasItsOwn(MidgeBroker given) {
        assertThat(given.uri().getScheme()).isEqualTo("ws");
      }
    }

    @Nested
    @MidgeBroker.Config
    class WithItsOwn {
      @Test
      void hasIt(MidgeBroker given) {
        assertThat(given.uri().getScheme()).isEqualTo("mqtt");
      }
    }
  }

  @MidgeBroker.Config(webSocket = true)
  abstract static class Base {}

  @MidgeBroker.Config(webSocket = true)
  interface Configured {}

  @MidgeBroker.Config(webSocket = true)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Composed {}

  @Nested
  class OfASuperclass extends Base {
    @Test
    void aSubclassHasOne(MidgeBroker given) {
      assertThat(given.uri().getScheme()).isEqualTo("ws");
    }
  }

  @Nested
  class OfAnInterface implements Configured {
    @Test
    void aClassHasOne(MidgeBroker given) {
      assertThat(given.uri().getScheme()).isEqualTo("ws");
    }
  }

  @Nested
  @Composed
  class OfAnAnnotation {
    @Test
    void aClassHasOne(MidgeBroker given) {
      assertThat(given.uri().getScheme()).isEqualTo("ws");
    }
  }

  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  @MidgeBroker.Config
  class OfOneInstance {
    private final MidgeBroker ofConstructor;

    OfOneInstance(MidgeBroker given) {
      ofConstructor = given;
    }

    @Test
    void theConstructorHasTheBrokerOfTheTests(MidgeBroker given) {
      assertThat(given).isSameAs(ofConstructor);
      assertThat(given.port()).isPositive();
    }
  }
}
