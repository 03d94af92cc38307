#!/usr/bin/env python3
"""A Keras layers-model of TensorFlow.js (8-bit weights) to ONNX for OpenCV 4.6.

usage: keras_to_onnx.py FOLDER OUT.onnx      FOLDER: model.json and weights.bin, as unpack_nsfwjs.js writes them
Knows the layers of MobileNetV2; refuses any other.
"""
import json
import pathlib
import sys

import numpy as np

from graph import Graph


def load_weights(model, data):
    weights, position = {}, 0
    for entry in model['weightsManifest'][0]['weights']:
        scale = entry['quantization']
        count = int(np.prod(entry['shape']))
        raw = np.frombuffer(data, scale['dtype'], count, position)
        position += raw.nbytes
        values = raw.astype(np.float32) * np.float32(scale['scale']) + np.float32(scale['min'])
        weights[entry['name']] = values.reshape(entry['shape'])
    if position != len(data):
        raise ValueError(f'the weights file has {len(data)} bytes, the model names {position}')
    return weights


class Converter:
    def __init__(self, model, weights):
        self.config = model['modelTopology']['model_config']['config']
        self.weights, self.graph = weights, Graph()

    def weight(self, layer, key):
        return next((v for k, v in self.weights.items() if ('/' + k).endswith(f'/{layer}/{key}')), None)

    def convert(self, path):
        values = {}
        for layer in self.config['layers']:
            inputs = [values[source[0]] for source in layer['inbound_nodes'][0]] if layer['inbound_nodes'] else []
            result = self.emit(layer['class_name'], layer['config'], inputs)
            values[layer['config']['name']] = self.graph.activation(result, layer['config'].get('activation'))
        for name, *_ in self.config['output_layers']:
            self.graph.output(values[name], 'scores')
        self.graph.save(path)

    def emit(self, kind, config, inputs):
        graph, name, x = self.graph, config['name'], inputs[0] if inputs else None
        if kind == 'InputLayer':
            return graph.input('image', [1, *config['batch_input_shape'][1:]])
        if kind in ('Conv2D', 'DepthwiseConv2D'):
            depthwise = kind == 'DepthwiseConv2D'
            kernel = self.weight(name, 'depthwise_kernel' if depthwise else 'kernel')
            return graph.conv(x, kernel, self.weight(name, 'bias'), config['strides'], config['dilation_rate'],
                              config['padding'], depthwise)
        if kind == 'BatchNormalization':
            keys = ('gamma', 'beta', 'moving_mean', 'moving_variance')
            return graph.add('BatchNormalization', [x] + [graph.weight(self.weight(name, key), 'bn') for key in keys],
                             graph.shape[x], epsilon=config['epsilon'])
        if kind == 'ReLU':
            return graph.activation(x, 'relu6' if config['max_value'] == 6 else 'relu')
        if kind == 'Dropout':
            return x
        if kind == 'Add':
            return graph.binary('Add', *inputs)
        if kind == 'ZeroPadding2D':
            return graph.pad(x, [(0, 0), *map(tuple, config['padding']), (0, 0)])
        if kind == 'AveragePooling2D':
            return graph.pool(x, 'AveragePool', config['pool_size'], config['strides'], config['padding'])
        if kind == 'Flatten':
            return graph.reshape(x, [1, int(np.prod(graph.shape[x]))])
        if kind == 'Dense':
            return graph.dense(x, self.weight(name, 'kernel'), self.weight(name, 'bias'))
        raise NotImplementedError(f'layer {kind}')


if __name__ == '__main__':
    folder = pathlib.Path(sys.argv[1])
    topology = json.loads((folder / 'model.json').read_text())
    Converter(topology, load_weights(topology, (folder / 'weights.bin').read_bytes())).convert(sys.argv[2])
