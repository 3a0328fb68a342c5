using System.Text;
using Seikan.Core;
using Seikan.Plugins;

namespace Seikan.Formats.Csv.Reading;

/// <summary>A file as UTF-8 bytes. Offsets count these bytes, so they rise and can be gone on from in every encoding.</summary>
internal abstract class CsvInput
{
    /// <summary>Makes the input of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="encoding">Its encoding; null = UTF-8.</param>
    public static CsvInput Of(IFile file, Encoding? encoding) => encoding is null ? new PlainInput(file) : new TranscodedInput(file, encoding);

    /// <summary>Reads bytes; 0 = end.</summary>
    /// <param name="offset">From the start.</param>
    /// <param name="into">Where they go; at least 16 bytes.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public abstract ValueTask<int> ReadAsync(long offset, Memory<byte> into, CancellationToken cancellationToken);

    /// <summary>Fills a buffer as far as the file goes.</summary>
    public async ValueTask<int> FillAsync(long offset, Memory<byte> into, CancellationToken cancellationToken)
    {
        var done = 0;
        while (into.Length - done >= 16)
        {
            var read = await ReadAsync(offset + done, into[done..], cancellationToken);
            if (read == 0)
            {
                break;
            }

            done += read;
        }

        return done;
    }

    private sealed class PlainInput(IFile file) : CsvInput
    {
        public override ValueTask<int> ReadAsync(long offset, Memory<byte> into, CancellationToken cancellationToken) => file.ReadAsync(offset, into, cancellationToken);
    }

    /// <summary>Reads on from where it is; going back starts over.</summary>
    private sealed class TranscodedInput(IFile file, Encoding encoding) : CsvInput
    {
        private readonly byte[] _raw = new byte[64 << 10];
        private readonly char[] _chars = new char[encoding.GetMaxCharCount(64 << 10)];
        private Decoder _decoder = encoding.GetDecoder();
        private byte[] _utf8 = [];
        private long _rawOffset;
        private long _offset;
        private int _start;
        private int _length;
        private bool _isOver;

        public override async ValueTask<int> ReadAsync(long offset, Memory<byte> into, CancellationToken cancellationToken)
        {
            if (offset < _offset)
            {
                (_decoder, _rawOffset, _offset, _start, _length, _isOver) = (encoding.GetDecoder(), 0, 0, 0, 0, false);
            }

            while (true)
            {
                var skipped = (int)Math.Min(offset - _offset, _length);
                _offset += skipped;
                _start += skipped;
                _length -= skipped;
                if (_length > 0)
                {
                    var taken = Math.Min(_length, into.Length);
                    _utf8.AsSpan(_start, taken).CopyTo(into.Span);
                    return taken;
                }

                if (_isOver)
                {
                    return 0;
                }

                var read = await file.ReadAsync(_rawOffset, _raw, cancellationToken);
                Decode(read);
            }
        }

        private void Decode(int read)
        {
            _isOver = read == 0;
            try
            {
                var chars = _decoder.GetChars(_raw.AsSpan(0, read), _chars, _isOver);
                var bytes = Encoding.UTF8.GetMaxByteCount(chars);
                _utf8 = _utf8.Length < bytes ? new byte[bytes] : _utf8;
                (_start, _length) = (0, Encoding.UTF8.GetBytes(_chars.AsSpan(0, chars), _utf8));
            }
            catch (DecoderFallbackException e)
            {
                throw new SeikanException(
                    new Diagnostic(CsvErrors.InvalidText, $"bytes {Convert.ToHexString(e.BytesUnknown ?? [])} are not {encoding.WebName}") { Path = $"{file.Path} near byte {_rawOffset + Math.Max(0, e.Index)}" }, e);
            }

            _rawOffset += read;
        }
    }
}
