#!/usr/bin/env python3
"""Rewrites PaddleOCR's ONNX files so that the importer of OpenCV 4.6 takes them.

usage: fix_onnx.py IN.onnx OUT.onnx 1x3xHEIGHTxWIDTH

- the input size is fixed, and everything that follows from shapes alone is computed here (the importer cannot)
- Clip gets its bounds as attributes (the importer parses no others), Pow(x, 2) becomes Mul(x, x)
- a constant factor that does not run along axis 1 is spelled out in full (the importer would take it for axis 1)
"""
import sys

import numpy as np
import onnx
from onnx import helper, numpy_helper, shape_inference

ARITHMETIC = {'Mul': np.multiply, 'Add': np.add, 'Sub': np.subtract, 'Div': np.divide}


def attributes(node):
    return {a.name: helper.get_attribute_value(a) for a in node.attribute}


def fold(node, inputs):
    """The value of a node whose inputs are all constant, or None when it is better left in the graph."""
    options, op = attributes(node), node.op_type
    if op == 'Cast':
        return inputs[0].astype({1: np.float32, 6: np.int32, 7: np.int64}[options['to']])
    if op == 'Concat':
        return np.concatenate([np.atleast_1d(i).astype(np.int64) for i in inputs], options['axis'])
    if op == 'Squeeze':
        return np.squeeze(inputs[0], tuple(options['axes']) if 'axes' in options else None)
    if op == 'Unsqueeze':
        return np.expand_dims(inputs[0], tuple(options['axes']))
    if op == 'Slice' and 'starts' in options:
        index = [slice(None)] * inputs[0].ndim
        axes = options.get('axes', range(len(options['starts'])))
        for axis, start, end in zip(axes, options['starts'], options['ends']):
            index[axis] = slice(start, end)
        return inputs[0][tuple(index)]
    if op in ARITHMETIC and inputs[0].size < 64:
        return ARITHMETIC[op](*inputs)
    return None


class Model:
    def __init__(self, path, shape):
        self.model = onnx.load(path)
        self.graph = self.model.graph
        self.fix_sizes(shape)
        self.constants = {i.name: numpy_helper.to_array(i) for i in self.graph.initializer}
        for node in list(self.graph.node):
            if node.op_type == 'Constant':
                self.constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
                self.graph.node.remove(node)

    def fix_sizes(self, shape):
        for dimension, size in zip(self.graph.input[0].type.tensor_type.shape.dim, shape):
            dimension.ClearField('dim_param')
            dimension.dim_value = size
        for output in self.graph.output:
            for dimension in output.type.tensor_type.shape.dim:
                dimension.ClearField('dim_param')
                dimension.ClearField('dim_value')

    def write_constants(self):
        used = {name for node in self.graph.node for name in node.input} | {o.name for o in self.graph.output}
        del self.graph.initializer[:], self.graph.value_info[:]
        self.graph.initializer.extend(numpy_helper.from_array(np.ascontiguousarray(value), name)
                                      for name, value in self.constants.items() if name in used)

    def known_shapes(self):
        self.write_constants()
        inferred = shape_inference.infer_shapes(self.model, data_prop=True).graph
        shapes = {}
        for value in [*inferred.value_info, *inferred.input, *inferred.output]:
            sizes = [d.dim_value for d in value.type.tensor_type.shape.dim]
            if value.type.tensor_type.HasField('shape') and all(sizes):
                shapes[value.name] = sizes
        return shapes

    def fold_constants(self):
        """Returns the shapes of what is left."""
        while True:
            shapes, before = self.known_shapes(), len(self.graph.node)
            for node in list(self.graph.node):
                inputs, value = [self.constants.get(name) for name in node.input if name], None
                if node.op_type == 'Shape' and node.input[0] in shapes:
                    value = np.array(shapes[node.input[0]], np.int64)
                elif inputs and all(i is not None for i in inputs):
                    value = fold(node, inputs)
                if value is not None:
                    self.constants[node.output[0]] = np.asarray(value)
                    self.graph.node.remove(node)
            if len(self.graph.node) == before:
                return shapes

    def rewrite(self, node, shapes):
        name = node.name or node.output[0]
        if node.op_type == 'Clip' and len(node.input) == 3:
            low, high = (float(self.constants[i]) for i in node.input[1:])
            return helper.make_node('Clip', [node.input[0]], node.output, name, min=low, max=high)
        if node.op_type == 'Pow' and float(self.constants[node.input[1]].reshape(-1)[0]) == 2.0:
            return helper.make_node('Mul', [node.input[0], node.input[0]], node.output, name)
        if node.op_type in ('Mul', 'Div') and sum(i in self.constants for i in node.input) == 1:
            self.spell_out_factor(node, shapes)
        return node

    def spell_out_factor(self, node, shapes):
        place = 0 if node.input[0] in self.constants else 1
        factor, shape = self.constants[node.input[place]], shapes.get(node.input[1 - place])
        if factor.size == 1 or not shape:
            return
        along_channels = factor.ndim == len(shape) and all(d == 1 for i, d in enumerate(factor.shape) if i != 1)
        if not along_channels:
            full = node.output[0] + '_factor'
            self.constants[full] = np.ascontiguousarray(np.broadcast_to(factor, shape))
            node.input[place] = full

    def save(self, path):
        shapes = self.fold_constants()
        nodes = [self.rewrite(node, shapes) for node in self.graph.node]
        del self.graph.node[:]
        self.graph.node.extend(nodes)
        self.write_constants()
        onnx.save(self.model, path)


if __name__ == '__main__':
    Model(sys.argv[1], [int(v) for v in sys.argv[3].split('x')]).save(sys.argv[2])
