# Reads mails with MIME::Parser (Debian's libmime-tools-perl) and prints their parts, one JSON array a mail.
use strict;
use warnings;
use JSON::PP;
use MIME::Base64;
use MIME::Parser;

my $parser = MIME::Parser->new;
$parser->output_to_core(1);
$parser->tmp_to_core(1);

sub leaves {
    my ($entity) = @_;
    return map { leaves($_) } $entity->parts if $entity->parts;
    my $head = $entity->head;
    return {
        type        => lc $entity->mime_type,
        charset     => lc($head->mime_attr("content-type.charset") // ""),
        method      => $head->mime_attr("content-type.method") // "",
        disposition => lc($head->mime_attr("content-disposition") // ""),
        filename    => $head->recommended_filename // "",
        content     => encode_base64($entity->bodyhandle->as_string, ""),
    };
}

for my $path (@ARGV) {
    my $entity = $parser->parse_open($path);
    print encode_json([leaves($entity)]), "\n";
}
