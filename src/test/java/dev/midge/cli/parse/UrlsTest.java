package dev.midge.cli.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.cli.Compatibility;
import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.MosquittoCompatibility;
import dev.midge.cli.UsageException;
import java.util.List;
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
    for (Compatibility compatibility :
        List.of(MidgeCompatibility.INSTANCE, MosquittoCompatibility.INSTANCE)) {
      assertThat(BrokerUrl.parse(word, compatibility))
          .isEqualTo(new BrokerUrl(username, password, host, port, topic, tls, webSocket));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt://u%40x:p%3a%2F%20@h/t%2fu%20v,u@x,'p:/ ',t/u v",
    "mqtt://%C3%A4:%25%32%35@h/%e2%88%9e,ä,%25,∞",
    "mqtt://ä%40:%ff@h/%,ä@,\uDCFF,",
    "mqtt://u:p@h/a+b,u,p,a+b",
  })
  void codesStandForBytesButNotUnderMosquittosNames(
      String word, String username, String password, String topic) {
    String right = topic == null ? word + "25" : word;

    BrokerUrl url = BrokerUrl.parse(right, MidgeCompatibility.INSTANCE);
    assertThat(url.username()).isEqualTo(username);
    assertThat(url.password()).isEqualTo(password);
    assertThat(url.topic()).isEqualTo(topic == null ? "%" : topic);
    assertThat(url.host()).isEqualTo("h");

    BrokerUrl asItIs = BrokerUrl.parse(right, MosquittoCompatibility.INSTANCE);
    assertThat(
            "mqtt://"
                + asItIs.username()
                + ":"
                + asItIs.password()
                + "@"
                + asItIs.host()
                + "/"
                + asItIs.topic())
        .isEqualTo(right);
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt://us%4:p@h/t,user name",
    "mqtt://us%zz:p@h/t,user name",
    "mqtt://u:secret%@h/t,password",
    "mqtt://u:secret%4x@h/t,password",
    "mqtt://h/t%,topic",
    "mqtt://h/t%+4,topic",
    "mqtt://h/50%ä,topic",
  })
  void aWrongCodeIsNamedByItsPlaceAlone(String word, String part) {
    assertThatThrownBy(() -> BrokerUrl.parse(word, MidgeCompatibility.INSTANCE))
        .isInstanceOfSatisfying(
            UsageException.class,
            e ->
                assertThat(e.inFull())
                    .isEqualTo(
                        "Error: Invalid URL for -L argument specified - a % in the "
                            + part
                            + " must have two hexadecimal digits behind it, and % itself is written %25."));
    assertThat(BrokerUrl.parse(word, MosquittoCompatibility.INSTANCE).host()).isEqualTo("h");
  }

  @ParameterizedTest
  @CsvSource({
    "mqtt://h,h,1883",
    "mqtt://h/,h,1883",
    "mqtts://u:p%2F@h:99,h,99",
    "wss://[::1],::1,8883",
    "ws://[::1]:80/,::1,80",
  })
  void aCommandWithoutATopicTakesNone(String word, String host, int port) {
    BrokerUrl url = BrokerUrl.withoutTopic(word, MidgeCompatibility.INSTANCE, "-L");

    assertThat(url.host()).isEqualTo(host);
    assertThat(url.port()).isEqualTo(port);
    assertThatThrownBy(
            () ->
                BrokerUrl.withoutTopic(
                    word.endsWith("/") ? word + "secret" : word + "/secret",
                    MidgeCompatibility.INSTANCE,
                    "-L"))
        .isInstanceOfSatisfying(
            UsageException.class,
            e ->
                assertThat(e.inFull())
                    .contains("this command has no topic: mqtt://HOST[:PORT] is all.")
                    .doesNotContain("secret"));
    assertThatThrownBy(() -> BrokerUrl.parse("mqtt://h", MidgeCompatibility.INSTANCE))
        .hasMessageContaining("topic missing");
  }

  @Test
  void nothingOfAPasswordIsTakenForTheHost() {
    String word = "mqtt://u:p@ss@h:9/t";

    BrokerUrl url = BrokerUrl.parse(word, MidgeCompatibility.INSTANCE);
    assertThat(url.password()).isEqualTo("p@ss");
    assertThat(url.host()).isEqualTo("h");
    assertThat(BrokerUrl.parse(word, MosquittoCompatibility.INSTANCE).host()).isEqualTo("ss@h");
    assertThat(ProxyUrl.parse("socks5h://u:p@ss@h", MidgeCompatibility.INSTANCE).host())
        .isEqualTo("h");
    assertThat(ProxyUrl.parse("socks5h://u:p@ss@h", MosquittoCompatibility.INSTANCE).host())
        .isEqualTo("ss@h");
    assertThat(BrokerUrl.parse("mqtt://h:abc/t", MosquittoCompatibility.INSTANCE).port()).isZero();
    assertThat(BrokerUrl.parse("mqtt://h:12ab/t", MosquittoCompatibility.INSTANCE).port())
        .isEqualTo(12);
    assertThatThrownBy(() -> BrokerUrl.parse("mqtt://u:p/ss@h/t", MidgeCompatibility.INSTANCE))
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
    var proxy = ProxyUrl.parse(word, MosquittoCompatibility.INSTANCE);

    assertThat(proxy.host()).isEqualTo(host);
    assertThat(proxy.port()).isEqualTo(port);
    assertThat(proxy.username()).isEqualTo(username);
    assertThat(proxy.password()).isEqualTo(password);
  }
}
