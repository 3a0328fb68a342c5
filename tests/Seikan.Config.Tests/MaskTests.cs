namespace Seikan.Config.Tests;

public sealed class MaskTests
{
    [Theory]
    [InlineData("password")]
    [InlineData("Password")]
    [InlineData("username")]
    [InlineData("auth")]
    [InlineData("token")]
    [InlineData("access_key")]
    [InlineData("access-key")]
    [InlineData("fs.s3a.access.key")]
    [InlineData("fs.oss.secret-key")]
    [InlineData("sasl.jaas.config")]
    [InlineData("kafka.sasl.jaas.config")]
    [InlineData("key_store_password")]
    [InlineData("community")]
    public void Key_is_secret(string key)
    {
        Assert.True(SecretNames.Default.IsSecret(key));
        Assert.Equal($$"""{"{{key}}":"******"}""", Masked($"\"{key}\" = abc"));
    }

    [Theory]
    [InlineData("enable_auth")]
    [InlineData("tokenizer")]
    [InlineData("primary_key")]
    [InlineData("my_access_keys")]
    [InlineData("user")]
    public void Key_is_open(string key) => Assert.False(SecretNames.Default.IsSecret(key));

    [Theory]
    [InlineData("a = \"jdbc:mysql://h/db?user=x\"", """{"a":"******"}""")]
    [InlineData("a = \"mongodb://me:pa/ss@h:1/db?x=1\"", """{"a":"mongodb://******@h:1/db?x=1"}""")]
    [InlineData("a = \"http://h/x?token=abc&n=1&password=q;sig=2\"", """{"a":"http://h/x?token=******&n=1&password=******;sig=******"}""")]
    [InlineData("a = \"http://h/x@y\"", """{"a":"http://h/x@y"}""")]
    [InlineData("a = \"see http://u:p@h and ftp://v:q@i/\"", """{"a":"see http://******@h and ftp://******@i/"}""")]
    [InlineData("a = [\"http://u:p@h\", { token = x }]", """{"a":["http://******@h",{"token":"******"}]}""")]
    [InlineData("sasl { jaas { config = x } }", """{"sasl":{"jaas":{"config":"******"}}}""")]
    [InlineData("auth { user = x }", """{"auth":"******"}""")]
    [InlineData("password = null", """{"password":null}""")]
    [InlineData("a = 5, b = true, c = \"plain: text\"", """{"a":5,"b":true,"c":"plain: text"}""")]
    public void Config_is_shown_as(string text, string json) => Assert.Equal(json, Masked(text));

    [Fact]
    public void Declared_options_are_secret_too()
    {
        var root = Reading.Hocon("api-key = x\nprops { my.pin = 1 }").Root!;

        Assert.Equal("api-key = \"******\"\nprops {\n  my.pin = \"******\"\n}\n", ConfigMask.ToHocon(root, SecretNames.Default.With(["api_key", "my_pin"])));
    }

    private static string Masked(string text) => ConfigText.ToCompactJson(ConfigMask.Apply(Reading.Hocon(text).Root!, SecretNames.Default));
}
