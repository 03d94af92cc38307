#!/usr/bin/env python3
"""Universal Sentence Encoder lite (a TensorFlow.js graph) -> one flat file for workers/ai/builtin/embedding.

usage: use_lite_to_flat.py DIST_DIR OUT.bin      DIST_DIR holds model.json, its shards and vocab.json

All numbers little-endian:
  "USEL", u32 version (1), u32 count of pieces
  a piece: u16 length, bytes, f32 score (SentencePiece unigram; the first six stand for no text)
  then float16 tensors, row by row, in the order of `tensors` below
"""
import json
import math
import os
import struct
import sys

import numpy as np


def load_weights(path, manifest):
    folder, weights = os.path.dirname(path), {}
    for group in manifest:
        blob = b''.join(open(os.path.join(folder, part), 'rb').read() for part in group['paths'])
        at = 0
        for spec in group['weights']:
            count = math.prod(spec['shape'])
            packed = spec.get('quantization')
            source = np.dtype({'uint8': '<u1', 'uint16': '<u2', 'float16': '<f2', 'float32': '<f4', 'int32': '<i4',
                               'bool': '<u1'}[(packed or spec)['dtype']])
            values = np.frombuffer(blob, source, count, at)
            at += count * source.itemsize
            if packed and 'scale' in packed:
                values = values.astype(np.float32) * np.float32(packed['scale']) + np.float32(packed['min'])
            weights[spec['name']] = values.reshape(spec['shape'])
        assert at == len(blob), (at, len(blob))
    return weights


def tensors(weights):
    def pick(*parts):
        names = [name for name in weights if all(part in name for part in parts)]
        assert len(names) == 1, (parts, names)
        return weights[names[0]]

    yield weights['module/Embeddings_en']
    yield pick('TimingSignal/ExpandDims_1')
    yield pick('dense/kernel')
    yield pick('dense/bias')
    for layer in ('Layer_0', 'Layer_1'):
        attention, feed = f'{layer}/TransformerLayer/layer_prepostprocess', f'{layer}/TransformerLayer/FFN/layer_prepost'
        yield pick(attention, 'scale')
        yield pick(attention, 'norm_bias')
        yield pick(layer, 'qkv_transform_single/kernel')
        yield pick(layer, 'qkv_transform_single/bias')
        yield pick(layer, 'output_transform_single/kernel')
        yield pick(layer, 'output_transform_single/bias')
        yield pick(feed, 'scale')
        yield pick(feed, 'norm_bias')
        for part in ('conv1', 'conv2'):
            yield pick(layer, f'FFN/{part}/Tensordot/Reshape_1')
            yield pick(layer, f'FFN/{part}/bias')
    yield pick('tanh_layer_0/weights')
    yield pick('tanh_layer_0/bias')


def main(folder, out):
    path = os.path.join(folder, 'model.json')
    model = json.load(open(path, encoding='utf-8'))
    weights = load_weights(path, model['weightsManifest'])
    vocabulary = json.load(open(os.path.join(folder, 'vocab.json'), encoding='utf-8'))
    with open(out, 'wb') as file:
        file.write(b'USEL' + struct.pack('<II', 1, len(vocabulary)))
        for text, score in vocabulary:
            piece = text.encode()
            # Seven pieces have no score; the JavaScript original adds null, which counts as 0.
            file.write(struct.pack('<H', len(piece)) + piece + struct.pack('<f', float(score or 0)))
        for tensor in tensors(weights):
            file.write(np.ascontiguousarray(tensor).astype('<f2').tobytes())


if __name__ == '__main__':
    main(*sys.argv[1:3])
