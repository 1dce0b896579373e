package dev.midge.net.tls.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.net.tls.make.CertificateSpec;
import dev.midge.net.tls.make.KeyKind;
import dev.midge.net.tls.make.TestAuthority;
import dev.midge.net.tls.make.TestCertificate;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class KeyPairTest {
  /** A key on the curve secp256k1, which Java has not any more, made for this test. */
  private static final String UNUSUAL =
      "MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgMNYhYx3QT044bSxBFIlgGn+R3NS24abmVSshywpPr/Oh"
          + "RANCAATm8LnjzRoP62EpvLfLPBKHlvwS2vQquY0Mz5lOwkDHoJT5giWFm5TBig+c1ifUMrFp4gudtQtzZ4Yj"
          + "+Ko3qOAj";

  @Test
  void aKeyOfAnotherCertificateOrKindDoesNotFit() throws Exception {
    TestAuthority authority = TestAuthority.create(CertificateSpec.authority("ca"));
    TestCertificate one = authority.issue(CertificateSpec.client("one"));
    TestCertificate two = authority.issue(CertificateSpec.client("two"));
    TestCertificate rsa = authority.issue(CertificateSpec.client("three").withKeys(KeyKind.RSA));

    assertThat(KeyPair.fits(one.key(), one.certificate())).isTrue();
    assertThat(KeyPair.fits(one.key(), two.certificate())).isFalse();
    assertThat(KeyPair.fits(rsa.key(), one.certificate())).isFalse();
    assertThat(KeyPair.fits(one.key(), rsa.certificate())).isFalse();
  }

  @Test
  void aKeyThatJavaCannotUseIsNotTakenForThatOfAnother() throws Exception {
    PrivateKey unusual =
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(UNUSUAL)));
    TestCertificate other =
        TestAuthority.create(CertificateSpec.authority("ca")).issue(CertificateSpec.client("one"));

    assertThatThrownBy(() -> KeyPair.fits(unusual, other.certificate()))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessageContaining("secp256k1");
  }
}
