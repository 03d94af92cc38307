#!/usr/bin/env python3
"""Float16 TFLite CNN to ONNX for OpenCV 4.6; reads the flatbuffer itself (format: tensorflow/lite/schema/schema.fbs).

usage: tflite_to_onnx.py MODEL.tflite OUT.onnx
Knows the operations of MediaPipe's full-range face detector and selfie segmentation; refuses any other.
"""
import struct
import sys

import numpy as np

from graph import Graph

OPERATIONS = {0: 'add', 1: 'average_pool', 3: 'conv', 4: 'depthwise_conv', 6: 'dequantize', 14: 'sigmoid', 17: 'max_pool',
              18: 'mul', 19: 'relu', 22: 'reshape', 23: 'resize', 32: 'custom', 34: 'pad', 117: 'hard_swish'}
TYPES = {0: '<f4', 1: '<f2', 2: '<i4'}
ACTIVATIONS = {0: None, 1: 'relu', 3: 'relu6'}


class Table:
    """A flatbuffer table; fields are addressed by their slot in the schema."""

    def __init__(self, data, position):
        self.data, self.position = data, position
        self.vtable = position - struct.unpack_from('<i', data, position)[0]
        self.length = struct.unpack_from('<H', data, self.vtable)[0]

    def at(self, slot):
        offset = 4 + 2 * slot
        if offset >= self.length:
            return 0
        relative = struct.unpack_from('<H', self.data, self.vtable + offset)[0]
        return self.position + relative if relative else 0

    def number(self, slot, form='<i', default=0):
        at = self.at(slot)
        return struct.unpack_from(form, self.data, at)[0] if at else default

    def target(self, slot):
        at = self.at(slot)
        return at + struct.unpack_from('<I', self.data, at)[0] if at else 0

    def table(self, slot):
        at = self.target(slot)
        return Table(self.data, at) if at else None

    def tables(self, slot):
        at = self.target(slot)
        count = struct.unpack_from('<I', self.data, at)[0] if at else 0
        entries = [at + 4 + 4 * i for i in range(count)]
        return [Table(self.data, entry + struct.unpack_from('<I', self.data, entry)[0]) for entry in entries]

    def array(self, slot, dtype):
        at = self.target(slot)
        if not at:
            return np.zeros(0, dtype)
        return np.frombuffer(self.data, dtype, struct.unpack_from('<I', self.data, at)[0], at + 4)

    def text(self, slot):
        return self.array(slot, 'u1').tobytes().decode()


class Converter:
    def __init__(self, data):
        model = Table(data, struct.unpack_from('<I', data, 0)[0])
        self.codes = [(max(c.number(0, '<b'), c.number(3)), c.text(1)) for c in model.tables(1)]
        self.buffers = model.tables(4)
        self.source = model.tables(2)[0]
        self.tensors = self.source.tables(0)
        self.graph, self.values = Graph(), {}

    def shape(self, tensor):
        return [int(v) for v in self.tensors[tensor].array(0, '<i4')]

    def value(self, tensor):
        if tensor not in self.values:
            raw = self.buffers[self.tensors[tensor].number(2, '<I')].array(0, 'u1').tobytes()
            dtype = TYPES[self.tensors[tensor].number(1, '<b')]
            self.values[tensor] = np.frombuffer(raw, dtype).reshape(self.shape(tensor))
        return self.values[tensor]

    def convert(self, path):
        for tensor in self.source.array(1, '<i4'):
            self.values[int(tensor)] = self.graph.input('image', self.shape(int(tensor)))
        for operator in self.source.tables(3):
            inputs = [self.value(int(t)) for t in operator.array(1, '<i4')]
            out = int(operator.array(2, '<i4')[0])
            result = self.emit(operator, inputs, out)
            if isinstance(result, str) and list(self.graph.shape[result]) != self.shape(out):
                raise ValueError(f'{self.tensors[out].text(3)}: {self.graph.shape[result]} is not {self.shape(out)}')
            self.values[out] = result
        for tensor in self.source.array(2, '<i4'):
            self.graph.output(self.values[int(tensor)], self.tensors[int(tensor)].text(3).replace('/', '_'))
        self.graph.save(path)

    def emit(self, operator, inputs, out):
        code, custom = self.codes[operator.number(0, '<I')]
        kind, options, graph, x = OPERATIONS.get(code, str(code)), operator.table(4), self.graph, inputs[0]
        padding = 'SAME' if options and options.number(0, '<b') == 0 else 'VALID'
        if kind == 'dequantize':
            return x.astype(np.float32)
        if kind in ('conv', 'depthwise_conv'):
            return self.convolution(kind == 'depthwise_conv', options, inputs, padding)
        if kind in ('max_pool', 'average_pool'):
            op = 'MaxPool' if kind == 'max_pool' else 'AveragePool'
            kernel, stride = (options.number(4), options.number(3)), (options.number(2), options.number(1))
            return graph.pool(x, op, kernel, stride, padding)
        if kind in ('add', 'mul'):
            result = graph.binary(kind.capitalize(), x, inputs[1])
            return graph.activation(result, ACTIVATIONS[options.number(0, '<b') if options else 0])
        if kind in ('relu', 'sigmoid'):
            return graph.activation(x, kind)
        if kind == 'hard_swish':
            gate = graph.activation(graph.binary('Add', x, np.float32(3)), 'relu6')
            return graph.binary('Mul', x, graph.binary('Mul', gate, np.float32(1 / 6)))
        if kind == 'pad':
            return graph.pad(x, [tuple(int(v) for v in pair) for pair in inputs[1]])
        if kind == 'reshape':
            return graph.reshape(x, self.shape(out))
        if kind == 'resize':
            height, width = (int(v) for v in inputs[1])
            return graph.resize(x, height, width, bool(options.number(2, '<b')), bool(options.number(3, '<b')))
        if custom == 'Convolution2DTransposeBias':
            return self.upsampling(inputs, self.shape(out))
        raise NotImplementedError(f'operation {kind} {custom}')

    def convolution(self, depthwise, options, inputs, padding):
        x, kernel = inputs[0], inputs[1].astype(np.float32)
        if depthwise:
            kernel = kernel.reshape(kernel.shape[1], kernel.shape[2], self.graph.shape[x][3], -1)
        else:
            kernel = kernel.transpose(1, 2, 3, 0)
        slot = 4 if depthwise else 3
        stride = (options.number(2, default=1), options.number(1, default=1))
        dilation = (options.number(slot + 2, default=1), options.number(slot + 1, default=1))
        result = self.graph.conv(x, kernel, inputs[2], stride, dilation, padding, depthwise)
        return self.graph.activation(result, ACTIVATIONS[options.number(slot, '<b')])

    def upsampling(self, inputs, shape):
        x, kernel = inputs[0], inputs[1].astype(np.float32)
        size = kernel.shape[1]
        weights = [self.graph.weight(kernel.transpose(3, 0, 1, 2)), self.graph.weight(inputs[2].astype(np.float32))]
        return self.graph.add('ConvTranspose', [x, *weights], shape, kernel_shape=[size, size], strides=[size, size])


if __name__ == '__main__':
    with open(sys.argv[1], 'rb') as model:
        Converter(model.read()).convert(sys.argv[2])
