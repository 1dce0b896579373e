package dev.midge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The URLs of brokers and of proxies. */
class UrlsTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "mqtt://h/t,-,-,h,1883,t,false,false",
        "MQTTS://h/t,-,-,h,8883,t,true,false",
        "ws://h/t,-,-,h,1883,t,false,true",
        "wss://h/t,-,-,h,8883,t,true,true",
        "wss://h:443/t,-,-,h,443,t,true,true",
        "mqtt://u@h/t,u,-,h,1883,t,false,false",
        "mqtt://u:p:q@h/t,u,p:q,h,1883,t,false,false",
        "mqtt://u:@h/t,u,'',h,1883,t,false,false",
        "mqtt://u%40:p%20@h/t%20,u%40,p%20,h,1883,t%20,false,false",
        "mqtt://h//a/b?c,-,-,h,1883,/a/b?c,false,false",
        "mqtt://h:99999/t,-,-,h,99999,t,false,false",
        "mqtt://[::1]/t,-,-,::1,1883,t,false,false",
        "mqtts://u:p@[fe80::1]:18/t,u,p,fe80::1,18,t,true,false",
      })
  void brokers(
      String word,
      String username,
      String password,
      String host,
      int port,
      String topic,
      boolean tls,
      boolean webSocket) {
    for (Manners manners : Manners.values()) {
      assertThat(BrokerUrl.parse(word, manners))
          .isEqualTo(new BrokerUrl(username, password, host, port, topic, tls, webSocket));
    }
  }

  @Test
  void nothingOfAPasswordIsTakenForTheHost() {
    String word = "mqtt://u:p@ss@h:9/t";

    BrokerUrl url = BrokerUrl.parse(word, Manners.MIDGE);
    assertThat(url.password()).isEqualTo("p@ss");
    assertThat(url.host()).isEqualTo("h");
    assertThat(BrokerUrl.parse(word, Manners.MOSQUITTO).host()).isEqualTo("ss@h");
    assertThat(ProxyUrl.parse("socks5h://u:p@ss@h", Manners.MIDGE).host()).isEqualTo("h");
    assertThat(ProxyUrl.parse("socks5h://u:p@ss@h", Manners.MOSQUITTO).host()).isEqualTo("ss@h");
    assertThat(BrokerUrl.parse("mqtt://h:abc/t", Manners.MOSQUITTO).port()).isZero();
    assertThat(BrokerUrl.parse("mqtt://h:12ab/t", Manners.MOSQUITTO).port()).isEqualTo(12);
    assertThatThrownBy(() -> BrokerUrl.parse("mqtt://u:p/ss@h/t", Manners.MIDGE))
        .isInstanceOfSatisfying(
            UsageException.class,
            e -> assertThat(e.inFull()).contains("the port is no number").doesNotContain("ss@h"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "socks5h://h,h,1080,-,-",
        "socks5h://h:9,h,9,-,-",
        "socks5h://u@h,h,1080,u,-",
        "socks5h://u:p@[::1]:9,::1,9,u,p",
        "socks5h://u%3a%25:%40%3A@h,h,1080,u:%,@:",
      })
  void proxies(String word, String host, int port, String username, String password) {
    var proxy = ProxyUrl.parse(word, Manners.MOSQUITTO);

    assertThat(proxy.host()).isEqualTo(host);
    assertThat(proxy.port()).isEqualTo(port);
    assertThat(proxy.username()).isEqualTo(username);
    assertThat(proxy.password()).isEqualTo(password);
  }

  @Test
  void theTimeOfARequestIsWrittenAsMosquittoDoes() {
    long[] nanos = {999, 1000, 1_234_567, 999_999_999, 1_000_000_000, 61_000_000_005L};
    String[] words = {
      "999ns", "1.000000µs", "1.234567ms", "999.999999ms", "1.000000000", "61.000000005"
    };
    for (int i = 0; i < nanos.length; i++) {
      assertThat(RrCommand.words(java.time.Duration.ofNanos(nanos[i]))).isEqualTo(words[i]);
    }
  }
}
